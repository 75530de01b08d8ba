using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Agents.Trading;

/// <summary>An agent's way to one market: reads it, and places and cancels orders of one account so that none is there
/// twice, whichever nodes are lost meanwhile. One caller at a time.</summary>
/// <param name="client">Where to; not disposed of.</param>
/// <param name="market">What is traded.</param>
/// <param name="account">Whose orders.</param>
/// <param name="prefix">What the ids of its orders begin with, 1 to 24 characters; to be used once only, by one run of
/// one agent.</param>
/// <param name="tell">Is told what happens, on the caller's thread.</param>
public sealed class TradingDesk(
    ReplicatedBookClient client, Market market, string account, string prefix, Action<AgentEvent> tell)
{
    private const int Unauthenticated = 401;
    private const int Forbidden = 403;

    private static readonly string[] GoneCodes = [ProblemCodes.OrderNotOpen.Code, ProblemCodes.NotFound.Code];

    private long _last;

    /// <summary>What is traded.</summary>
    public Market Market { get; } = market;

    /// <summary>How long after a request that no node could serve it is tried again.</summary>
    public static TimeSpan Retry { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Tells something that is about no order.</summary>
    public void Tell(AgentAction action, string? detail) => tell(AgentEvent.Of(action, detail));

    /// <summary>Both ends of the book, with all that was done before.</summary>
    /// <returns>Null when it could not be read.</returns>
    public async Task<BestPrices?> ReadBestAsync(CancellationToken cancellation)
    {
        var answer = await client.GetBookAsync(Market.Symbol, 1, 1, ReadOptions.Strong, cancellation)
            .ConfigureAwait(false);
        if (answer.Value is not { } book)
        {
            Tell(AgentAction.Waiting, answer.Describe());
            return null;
        }

        return new BestPrices(PriceOf(book.Bids), PriceOf(book.Asks));
    }

    /// <summary>An order with a name of its own; nothing is sent.</summary>
    public OwnOrder NewOrder(OrderTerms terms)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{++_last}");
        return new OwnOrder(name, terms, new PlaceOrderRequest
        {
            AccountId = account,
            ClientOrderId = name,
            Instrument = Market.Symbol,
            Side = terms.Side,
            Type = terms.Price is null ? "market" : "limit",
            Price = terms.Price is { } price ? Market.Text(price) : null,
            Quantity = Market.Text(terms.Quantity),
            TimeInForce = terms.TimeInForce,
            PostOnly = terms.IsPostOnly ? true : null,
        });
    }

    /// <summary>Sends an order, for the first time or again.</summary>
    /// <exception cref="OperationCanceledException">Given up; the order is in doubt.</exception>
    public async Task<Decision> SendAsync(OwnOrder order, CancellationToken cancellation)
    {
        var before = order.State;
        order.State = OwnOrderState.Doubtful; // Also when this call is given up.
        var outcome = await client.PlaceOrderAsync(order.Request, order.Name, cancellation).ConfigureAwait(false);
        if (outcome.Value is { } placed)
        {
            var filled = order.Take(placed.Order);
            tell(order.Event(AgentAction.Placed, order.Terms.Quantity, null));
            TellFilled(order, filled);
            return Decision.Accepted;
        }

        if (outcome.Kind == OutcomeKind.Rejected && !IsOfAccess(outcome.Problem))
        {
            order.State = OwnOrderState.Gone;
            tell(order.Event(AgentAction.Refused, order.Terms.Quantity, outcome.Describe()));
            return Decision.Refused;
        }

        // A refusal for who asks says nothing of an attempt before it, which may have been executed.
        var isInDoubt = outcome.Kind == OutcomeKind.Unknown
            || (outcome.Kind == OutcomeKind.Rejected && outcome.Attempts > 1);
        order.State = isInDoubt ? OwnOrderState.Doubtful : before;
        Tell(AgentAction.Waiting, outcome.Describe());
        return Decision.Undecided;
    }

    /// <summary>Asks what has become of an order that was sent.</summary>
    /// <returns>Whether it is known.</returns>
    public async Task<bool> LookAsync(OwnOrder order, CancellationToken cancellation)
    {
        if (order.State == OwnOrderState.Doubtful)
        {
            return await SendAsync(order, cancellation).ConfigureAwait(false) != Decision.Undecided;
        }

        if (order.State != OwnOrderState.Open)
        {
            return true;
        }

        var answer = await client.GetOrderAsync(NameOf(order), ReadOptions.Strong, cancellation).ConfigureAwait(false);
        return answer.Value is { } found
            ? Take(order, found.Order)
            : IsGone(order, answer.Kind == ReadKind.Refused, answer.Problem, answer.Describe());
    }

    /// <summary>Takes an order out of the book; one that is there no more counts as taken out.</summary>
    /// <returns>Whether it is surely not there.</returns>
    public async Task<bool> WithdrawAsync(OwnOrder order, CancellationToken cancellation)
    {
        if (order.State == OwnOrderState.Doubtful)
        {
            // It may be on its way: only when its outcome is known, cancelling it is for good.
            await SendAsync(order, cancellation).ConfigureAwait(false);
        }

        if (order.State != OwnOrderState.Open)
        {
            return order.State != OwnOrderState.Doubtful;
        }

        var outcome = await client.CancelOrderAsync(NameOf(order), null, cancellation).ConfigureAwait(false);
        if (outcome.Value is { } canceled)
        {
            Take(order, canceled.Order);
            tell(order.Event(AgentAction.Canceled, order.Terms.Quantity, null));
            return true;
        }

        return IsGone(order, outcome.Kind == OutcomeKind.Rejected, outcome.Problem, outcome.Describe());
    }

    private OrderName NameOf(OwnOrder order) => OrderName.ByClientId(order.Name, account);

    private bool IsGone(OwnOrder order, bool isRefused, Problem? problem, string text)
    {
        if (isRefused && problem is not null && GoneCodes.Contains(problem.Code))
        {
            order.State = OwnOrderState.Gone;
            return problem.Order is null || Take(order, problem.Order);
        }

        Tell(AgentAction.Waiting, text);
        return false;
    }

    private bool Take(OwnOrder order, OrderState told)
    {
        TellFilled(order, order.Take(told));
        return true;
    }

    private void TellFilled(OwnOrder order, decimal filled)
    {
        if (filled > 0)
        {
            tell(order.Event(AgentAction.Filled, filled, null));
        }
    }

    private static bool IsOfAccess(Problem? problem) => problem?.Status is Unauthenticated or Forbidden;

    private static decimal? PriceOf(IReadOnlyList<BookLevel> side) =>
        side.Count > 0 ? Market.Parse(side[0].Price) : null;
}
