using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that read single orders (API.md 2.6).</summary>
internal sealed class OrderQueries(Reads reads, BetQueries bets, Catalog catalog, Answers answers)
{
    /// <summary>What is said of an order that is not there.</summary>
    public const string Absent = "no such order, or it is no longer kept";

    private static readonly TextParameter Account = new(
        "account_id", "Whose order; may be left out by who has one account.");

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/orders/{order_id}", (RequestDelegate)GetAsync).For(RoutePolicy.User).Describe<OrderResponse>(
            "GetOrder", "An order with its trades.", 200, RouteContract.Read().Refuses(ProblemCodes.NotFound));
        v1.MapGet("/orders/by_client_id/{client_order_id}", (RequestDelegate)GetByClientIdAsync).For(RoutePolicy.User)
            .Describe<OrderResponse>(
                "GetOrderByClientId", "An order with its trades.", 200,
                RouteContract.Read(Account).Refuses(
                    ProblemCodes.NotFound, ProblemCodes.InvalidField, ProblemCodes.MissingField));
    }

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var caller = http.Caller();
        if (IdText.ToOrder(RouteText.Of(http, "order_id")) is { } order)
        {
            await AnswerAsync(
                http, options, exchange => exchange.OrderFor(caller, order),
                exchange => exchange.BetFor(caller, order));
        }
        else
        {
            answers.Write(http, Problems.NotFound(Absent));
        }
    }

    private async Task GetByClientIdAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var accountText = query.Text(Account);
        var defects = new Defects();
        var account = OrderBinder.Account(accountText, "account_id", defects);
        if (answers.Refuse(http, query.Finish() ?? defects.ToProblem()))
        {
            return;
        }

        var text = RouteText.Of(http, "client_order_id");
        if (text.Length == 0 || !ClientOrderId.TryCreate(text, out var clientOrderId))
        {
            answers.Write(http, Problems.NotFound(Absent));
            return;
        }

        var caller = http.Caller();
        if (account.Value == 0)
        {
            // The same rule as in commands: no name stands for the only account there is.
            if (await reads.RunAsync(http, options, exchange => exchange.OnlyAccount(caller)) is not { } only)
            {
                return;
            }

            if (only.Value.Value == 0)
            {
                answers.Write(http, ApiProblem.OfField(
                    ProblemCodes.MissingField, "account_id", "there is not exactly one account, so one must be named"));
                return;
            }

            account = only.Value;
        }

        await AnswerAsync(
            http, options,
            exchange => exchange.Shows(caller, account) ? exchange.FindOrder(account, clientOrderId) : null,
            exchange => exchange.Shows(caller, account) ? exchange.FindBet(account, clientOrderId) : null);
    }

    /// <summary>One reading for both: what is answered is as of one index.</summary>
    private async Task AnswerAsync(
        HttpContext http, ReadOptions options, Func<Exchange, OrderView?> find, Func<Exchange, BetView?> findBet)
    {
        if (await reads.RunAsync(http, options, Take) is not { } read)
        {
            return;
        }

        var (found, fills, instrument, bet) = read.Value;
        if (found is null)
        {
            bets.Answer(http, bet);
            return;
        }

        var terms = catalog.Keep(instrument!);
        answers.Write(
            http, StatusCodes.Status200OK,
            new OrderResponse(OrderShapes.Of(found, terms), OrderShapes.Of(fills, terms), null),
            ResponseJson.Default.OrderResponse);

        (OrderView? Order, IReadOnlyList<FillView> Fills, InstrumentView? Instrument, BetCopy? Bet) Take(
            Exchange exchange) => find(exchange) is { } order
            ? (order, exchange.Fills(order.Id), exchange.FindInstrument(order.Instrument), null)
            : (null, [], null, BetCopy.Of(exchange, findBet(exchange)));
    }
}
