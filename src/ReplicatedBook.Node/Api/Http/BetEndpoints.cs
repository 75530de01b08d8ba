using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Bets on the routes of orders (API.md 2.6), where ids and sides say that they are meant.</summary>
internal sealed class BetEndpoints(
    Writes writes, Lookup lookup, Catalog catalog, IReplicatedLog log, Answers answers, NodeSettings settings)
{
    private const WriteTraits Once = WriteTraits.PlacesOrders;
    private const WriteTraits Repeatable = WriteTraits.PlacesOrders | WriteTraits.IsRepeatable;

    public void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/orders/{order_id}/reduce", (RequestDelegate)ReduceAsync).For(RoutePolicy.Trader)
            .Describe<ReduceOrderRequest, OrderResponse>(
                "ReduceOrder", "Cancels a part of a bet's unmatched stake; the rest keeps its place.", 200,
                RouteContract.Write().LooksUp().Refuses(ProblemCodes.InvalidLot, ProblemCodes.OrderNotOpen));

    /// <summary>Places a bet.</summary>
    public async Task PlaceAsync(HttpContext http, WriteOptions options, PlaceOrderRequest request)
    {
        var defects = new Defects();
        var bet = BetBinder.Bind(request, "", defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        var found = await lookup.BettingMarketAsync(bet.Market, options.Timeout);
        if (answers.Refuse(http, found.Failure))
        {
            return;
        }

        var bound = BetBinder.ToCommand(in bet, request, found.Value!);
        if (answers.Refuse(http, bound.Problem))
        {
            return;
        }

        var command = bound.Value with { Session = new OrderSessionId(http.OrderSession()) };
        if (await writes.SubmitAsync(
            http, options, command.ClientOrderId.IsEmpty ? Once : Repeatable, command.Account,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            Write(
                http, written.Outcome.IsExistingOrder ? StatusCodes.Status200OK : StatusCodes.Status201Created,
                written);
        }
    }

    /// <summary>Refuses a change of a bet, which can only be reduced.</summary>
    /// <param name="http">The request.</param>
    /// <param name="options">As taken from it.</param>
    /// <param name="id">The bet, if it is one.</param>
    /// <param name="absence">Why there is no order of that id; null when there is one.</param>
    /// <returns>Whether it did.</returns>
    public async ValueTask<bool> RefuseAmendAsync(
        HttpContext http, WriteOptions options, OrderId id, ReadFailure? absence) =>
        absence?.Code == ProblemCodes.NotFound
        && (await MarketOfAsync(http, id, options)).Value is not null
        && answers.Refuse(http, ApiProblem.OfField(
            ProblemCodes.InvalidField, "order_id", "a bet is never changed: POST .../reduce takes stake off it"));

    /// <summary>Cancels a bet, if the id is one's.</summary>
    /// <returns>Whether it was, and the request is answered.</returns>
    public async ValueTask<bool> TryCancelAsync(HttpContext http, WriteOptions options, OrderId id)
    {
        if ((await MarketOfAsync(http, id, options)).Value is null)
        {
            return false;
        }

        await CancelAsync(http, options, new CancelBet(default, id, default, default));
        return true;
    }

    /// <summary>Cancels a bet, if the name is one's and no order's.</summary>
    /// <returns>Whether it was, and the request is answered.</returns>
    public async ValueTask<bool> TryCancelAsync(
        HttpContext http, WriteOptions options, AccountId owner, ClientOrderId name)
    {
        var caller = http.Caller();
        var found = await MarketOfAsync(
            exchange => exchange.FindOrder(exchange.OwnAccount(caller, owner), name) is not null,
            exchange => exchange.FindBet(exchange.OwnAccount(caller, owner), name), options);
        if (found.Value is null)
        {
            return false;
        }

        await CancelAsync(http, options, new CancelBet(owner, default, name, default));
        return true;
    }

    /// <summary>Whether a symbol that may be filtered by is a runner's or a betting market's, and no
    /// instrument's.</summary>
    public async ValueTask<bool> IsOfBetsAsync(string symbol, WriteOptions options) =>
        IdText.ToMarketOrRunner(symbol) is not null
        && (await lookup.InstrumentAsync(symbol, options.Timeout)).Failure?.Code == ProblemCodes.NotFound;

    /// <summary>Cancels all bets of an account that fit.</summary>
    public async Task CancelAllAsync(
        HttpContext http, WriteOptions options, AccountId owner, string? symbol, BetSide? side)
    {
        var (market, runner) = (default(BettingMarketId), default(RunnerId));
        if (symbol is not null)
        {
            if (IdText.ToMarketOrRunner(symbol) is not { } named)
            {
                answers.Write(http, Problems.NotFound("no such runner or betting market"));
                return;
            }

            (market, runner) = named;
        }

        var command = new CancelBets(owner, market, runner, side);
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, owner,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            answers.Write(
                http, StatusCodes.Status200OK, OrderShapes.OfMassCancel(written.Outcome, written.Receipt),
                ResponseJson.Default.MassCancelResponse);
        }
    }

    private async Task ReduceAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.ReduceOrderRequest, settings.Limits.MaxBodyBytes);
        var defects = new Defects();
        if (body.Value is { } request)
        {
            OrderBinder.CheckPositive(request.Reduction, "reduction", defects);
        }

        if (answers.Refuse(http, body.Problem ?? defects.ToProblem()))
        {
            return;
        }

        var bet = IdText.ToOrder(RouteText.Of(http, "order_id")) ?? default;
        var found = bet.Value == 0 ? default : await MarketOfAsync(http, bet, options);
        if (found.Value is null)
        {
            answers.Write(
                http, found.Failure is { } failure ? Problems.Of(failure) : Problems.NotFound("no such bet"));
            return;
        }

        if (!answers.Refuse(
            http, BetBinder.ToStake(body.Value!.Reduction, "reduction", found.Value, out var reduction)))
        {
            await CancelAsync(http, options, new CancelBet(default, bet, default, reduction));
        }
    }

    private async Task CancelAsync(HttpContext http, WriteOptions options, CancelBet command)
    {
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, command.Account,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            Write(http, StatusCodes.Status200OK, written);
        }
    }

    private ValueTask<Found<BettingTerms>> MarketOfAsync(HttpContext http, OrderId id, WriteOptions options)
    {
        var caller = http.Caller();
        return MarketOfAsync(
            exchange => exchange.OwnOrder(caller, id) is not null, exchange => exchange.OwnBet(caller, id), options);
    }

    // Bets and orders have ids of one sequence, but commands of their own: which it is must be known before one is
    // sent, so that a repeat with the same key is the same command.
    private ValueTask<Found<BettingTerms>> MarketOfAsync(
        Func<Exchange, bool> isOrder, Func<Exchange, BetView?> findBet, WriteOptions options) =>
        log.Status.FeatureLevel < FeatureLevels.BettingMarkets
            ? default
            : lookup.MarketOfBetAsync(isOrder, findBet, options.Timeout);

    private void Write(HttpContext http, int status, in Written written) =>
        answers.Write(
            http, status, BetShapes.Of(written.Outcome, catalog, written.Receipt),
            ResponseJson.Default.OrderResponse);
}
