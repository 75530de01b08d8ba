using System.Buffers;
using System.Globalization;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that place and cancel many orders in one log entry (API.md 2.6).</summary>
internal sealed class OrderGroupEndpoints(
    Writes writes, BetEndpoints bets, Lookup lookup, Catalog catalog, Answers answers, NodeSettings settings)
{
    private static readonly TextParameter Account = new(
        "account_id", "Whose orders; may be left out by who has one account.");

    private static readonly TextParameter Instrument = new(
        "instrument", "Only orders of this instrument: its symbol; of bets also the id of a whole market.");

    private static readonly WordParameter SideParameter = new(
        "side", "Only orders of this side; back and lay are bets.", null,
        [.. EnumText.Sides.Split(", "), .. EnumText.BetSides.Split(", ")]);

    private static readonly WordParameter TypeParameter = new(
        "type", "runner: bets. Without it the instrument and the side say whether orders or bets are meant; without "
            + "these, too, orders.", null, "runner");

    private readonly int _maxBodyBytes = settings.Limits.MaxBatchBodyBytes;

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/orders/batch", (RequestDelegate)PlaceAsync).For(RoutePolicy.Trader)
            .Describe<PlaceBatchRequest, BatchResponse>(
                "PlaceBatch",
                "Places up to 100 orders and bets in one log entry, each for itself; orders alone also all or none.",
                200,
                RouteContract.Write().PlacesOrders().Refuses(
                    ProblemCodes.MaxLiability, ProblemCodes.RunnerRemoved, ProblemCodes.MarketSuspended));
        v1.MapDelete("/orders", (RequestDelegate)CancelAsync).For(RoutePolicy.Trader).Describe<MassCancelResponse>(
            "CancelOrders", "Takes all open orders out that fit.", 200,
            RouteContract.Write(Account, Instrument, SideParameter, TypeParameter).LooksUp()
                .Refuses(ProblemCodes.MissingField));
    }

    private async Task PlaceAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.PlaceBatchRequest, _maxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var request = body.Value!;
        var defects = new Defects();
        var parts = Bind(request, defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        var problems = new ApiProblem?[parts.Length];
        var items = new List<BatchItem>(parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            var bound = parts[i].Bet is { } bet
                ? await CompleteAsync(bet, request.Orders[i], options.Timeout)
                : await CompleteAsync(parts[i].Order!, options.Timeout);
            if (bound.Problem is { Code.Status: >= StatusCodes.Status500InternalServerError } problem)
            {
                answers.Write(http, problem); // It is not about this order: nothing can be looked up now.
                return;
            }

            problems[i] = bound.Problem;
            if (bound.Problem is null)
            {
                items.Add(bound.Value);
            }
        }

        var isAtomic = request.Atomic ?? false;
        if (isAtomic && items.Count < parts.Length)
        {
            RefuseOthers(problems);
            items.Clear();
        }

        await SubmitAsync(http, options, items, isAtomic, problems);
    }

    private async ValueTask<Bound<BatchItem>> CompleteAsync(OrderTerms order, TimeSpan timeout)
    {
        var found = await lookup.InstrumentAsync(order.Symbol, timeout);
        if (found.Value is not { } terms)
        {
            return Bound<BatchItem>.Refused(Problems.Of(found.Failure!));
        }

        var bound = OrderBinder.ToCommand(order, terms);
        return bound.Problem is { } problem
            ? Bound<BatchItem>.Refused(problem)
            : new Bound<BatchItem>(new BatchItem(bound.Value, null), null);
    }

    private async ValueTask<Bound<BatchItem>> CompleteAsync(
        PlaceBet bet, PlaceOrderRequest request, TimeSpan timeout)
    {
        var found = await lookup.BettingMarketAsync(bet.Market, timeout);
        if (found.Value is not { } terms)
        {
            return Bound<BatchItem>.Refused(Problems.Of(found.Failure!));
        }

        var bound = BetBinder.ToCommand(in bet, request, terms);
        return bound.Problem is { } problem
            ? Bound<BatchItem>.Refused(problem)
            : new Bound<BatchItem>(new BatchItem(null, bound.Value), null);
    }

    /// <summary>Of all or none, none is left when one cannot even be sent.</summary>
    private static void RefuseOthers(ApiProblem?[] problems)
    {
        var (code, _, detail) = Rejections.Of(RejectReason.BatchAborted);
        for (var i = 0; i < problems.Length; i++)
        {
            problems[i] ??= new ApiProblem(code, detail);
        }
    }

    private async Task SubmitAsync(
        HttpContext http, WriteOptions options, List<BatchItem> items, bool isAtomic, ApiProblem?[] problems)
    {
        if (items.Count == 0)
        {
            Write(http, problems, [], null); // Nothing is left that could be in the log.
            return;
        }

        var areRepeatable = items.TrueForAll(item =>
            !(item.Bet?.ClientOrderId ?? item.Order.GetValueOrDefault().ClientOrderId).IsEmpty);
        if (await writes.SubmitAsync(
            http, options,
            WriteTraits.PlacesOrders | (areRepeatable ? WriteTraits.IsRepeatable : WriteTraits.None),
            items[0].Bet?.Account ?? items[0].Order.GetValueOrDefault().Account,
            Encode(items, isAtomic, new OrderSessionId(http.OrderSession()))) is { } written)
        {
            Write(http, problems, written.Outcome.Items, written.Receipt);
        }
    }

    /// <summary>A batch without bets and session is what it always was, so that it can be carried out at every feature
    /// level.</summary>
    private static Action<IBufferWriter<byte>, CommandHeader> Encode(
        List<BatchItem> items, bool isAtomic, OrderSessionId session)
    {
        if (items.Exists(static item => item.Bet is not null))
        {
            var mixed = new PlaceBatchWithBets(items) { Session = session };
            return (buffer, header) => CommandCodec.Write(buffer, header, mixed);
        }

        var batch = new PlaceBatch(items.ConvertAll(static item => item.Order.GetValueOrDefault()))
        {
            IsAtomic = isAtomic,
            Session = session,
        };
        return (buffer, header) => CommandCodec.Write(buffer, header, batch);
    }

    private void Write(
        HttpContext http, ApiProblem?[] problems, IReadOnlyList<CommandOutcome> outcomes, Receipt? receipt)
    {
        var results = new BatchResult[problems.Length];
        var executed = 0;
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = problems[i] is { } problem
                ? BatchShapes.Refused(i, answers.ToProblem(http, problem))
                : BatchShapes.Of(i, outcomes[executed++], catalog, refusal => answers.ToProblem(http, refusal));
        }

        answers.Write(
            http, StatusCodes.Status200OK, new BatchResponse(results, receipt), ResponseJson.Default.BatchResponse);
    }

    private static (OrderTerms? Order, PlaceBet? Bet)[] Bind(PlaceBatchRequest request, Defects defects)
    {
        if (request.Orders.Count is 0 or > PlaceBatch.MaxOrders)
        {
            defects.Invalid("orders", $"orders must be a list of 1 to {PlaceBatch.MaxOrders} orders");
            return [];
        }

        var parts = new (OrderTerms? Order, PlaceBet? Bet)[request.Orders.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"orders[{i}].");
            if (request.Orders[i] is not { } order)
            {
                defects.Missing(prefix.TrimEnd('.'));
            }
            else if (BetBinder.IsBet(order))
            {
                parts[i].Bet = BetBinder.Bind(order, prefix, defects);
                if (request.Atomic ?? false)
                {
                    defects.Invalid(prefix + "side", "there are no bets in an atomic batch");
                }
            }
            else
            {
                parts[i].Order = OrderBinder.Bind(order, prefix, defects);
            }
        }

        return parts;
    }

    private async Task CancelAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var (account, symbol) = (query.Text(Account), query.Text(Instrument));
        var word = query.Word(SideParameter);
        var side = word is null ? null : EnumText.ToSide(word);
        var isOfBets = query.Word(TypeParameter) is not null || (word is not null && side is null);
        if (isOfBets && side is not null)
        {
            query.Refuse(SideParameter.Name, $"of bets it is one of {EnumText.BetSides}");
        }

        if (writes.Begin(http, query) is not { } options)
        {
            return;
        }

        var defects = new Defects();
        var owner = OrderBinder.Account(account, "account_id", defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        if (isOfBets || (side is null && symbol is not null && await bets.IsOfBetsAsync(symbol, options)))
        {
            await bets.CancelAllAsync(http, options, owner, symbol, word is null ? null : EnumText.ToBetSide(word));
            return;
        }

        InstrumentId instrument = default;
        if (symbol is not null)
        {
            var found = await lookup.InstrumentAsync(symbol, options.Timeout);
            if (answers.Refuse(http, found.Failure))
            {
                return;
            }

            instrument = found.Value!.Id;
        }

        var command = new CancelOrders(owner, instrument, side);
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, owner,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            answers.Write(
                http, StatusCodes.Status200OK, OrderShapes.OfMassCancel(written.Outcome, written.Receipt),
                ResponseJson.Default.MassCancelResponse);
        }
    }
}
