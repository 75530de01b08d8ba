using System.Text.Json;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>The route that says what became of a command, by key or by command id (API.md 2.6).</summary>
internal sealed class CommandQueries(
    Reads reads, Writes writes, Catalog catalog, IReplicaReader reader, IReplicatedLog log, Answers answers,
    TimeProvider time)
{
    public void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/commands/{id}", (RequestDelegate)GetAsync).For(RoutePolicy.User).Describe<CommandResponse>(
            "GetCommand", "What became of a command, by its idempotency key or its command id.", 200,
            RouteContract.Read());

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var caller = http.Caller();
        var text = RouteText.Of(http, "id");
        var isKey = RequestKey.TryCreate(text, out var key) && text.Length > 0;
        var reading = await reads.RunAsync(
            http, options, exchange => isKey ? exchange.FindRequest(caller.User, key) : null);
        if (reading is not { } read)
        {
            return;
        }

        var response = read.Value is { } request
            ? await OfRequestAsync(http, request)
            : CommandIdText.Parse(text) is { } id
                ? await OfEntryAsync(caller, id.Index, id.Term, read, options.Timeout)
                : new CommandResponse("not_found", null, null);
        answers.Write(http, StatusCodes.Status200OK, response, ResponseJson.Default.CommandResponse);
    }

    private async ValueTask<CommandResponse> OfRequestAsync(HttpContext http, RequestView request)
    {
        var outcome = ResultCodec.Read(request.Result.Span);
        await writes.KnowNamesAsync(outcome);
        var receipt = reader.RecordAt(request.Index) is { } record
            ? Shapes.ReceiptOf(record, log.Status.Node.Value)
            : new Receipt(null, request.Index, null, null, TimeText.Of(request.At), log.Status.Node.Value);
        return outcome.IsAccepted
            ? new CommandResponse("committed", receipt, Result(http, outcome))
            : new CommandResponse("rejected", receipt, JsonSerializer.SerializeToElement(
                answers.ToProblem(http, Rejections.Of(outcome, catalog) with { Index = request.Index }),
                ResponseJson.Default.Problem));
    }

    private async ValueTask<CommandResponse> OfEntryAsync<T>(
        Caller caller, long index, long term, Reading<T> reading, TimeSpan timeout)
    {
        if (index > reading.Index)
        {
            // Terms never go back along the log: what is yet to come has at least the term of what is applied.
            return new CommandResponse(term < reading.Term ? "not_found" : "queued", null, null);
        }

        if (reader.RecordAt(index) is not { } record)
        {
            return new CommandResponse("unknown", null, null);
        }

        if (record.Term != term)
        {
            return new CommandResponse("not_found", null, null);
        }

        if (await IsOfOthersAsync(caller, index, timeout) is not { } isOfOthers)
        {
            return new CommandResponse("unknown", null, null);
        }

        return isOfOthers
            ? new CommandResponse("not_found", null, null)
            : new CommandResponse(
                record.Reason == RejectReason.None ? "committed" : "rejected",
                Shapes.ReceiptOf(record, log.Status.Node.Value), null);
    }

    /// <summary>Whether the caller must not know of an entry's command; null when the log no longer tells
    /// whose it is, or not in time.</summary>
    private async ValueTask<bool?> IsOfOthersAsync(Caller caller, long index, TimeSpan timeout)
    {
        if (caller.ReadsAll)
        {
            return false;
        }

        using var patience = new CancellationTokenSource(timeout, time);
        try
        {
            return await reader.ReadLogAsync(index, 1, patience.Token) is not [var entry] ? null
                : entry.User is not { } user || !caller.Owns(user);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return null;
        }
    }

    // A result does not say which command it is of, but each command sets other parts of it.
    private JsonElement Result(HttpContext http, CommandOutcome outcome) => outcome switch
    {
        { Order: not null } => JsonSerializer.SerializeToElement(
            OrderShapes.Of(outcome, catalog, null), ResponseJson.Default.OrderResponse),
        { Items.Count: > 0 } => JsonSerializer.SerializeToElement(
            new BatchResponse(
                [.. outcome.Items.Select((item, i) =>
                    BatchShapes.Of(i, item, catalog, p => answers.ToProblem(http, p)))],
                null),
            ResponseJson.Default.BatchResponse),
        { Bet: not null } => JsonSerializer.SerializeToElement(
            BetShapes.Of(outcome, catalog, null), ResponseJson.Default.OrderResponse),
        { BettingMarket: { } market } => JsonSerializer.SerializeToElement(
            BettingShapes.Of(market, outcome.BettingCount), ResponseJson.Default.BettingMarketResponse),
        { Account: { } account } => JsonSerializer.SerializeToElement(
            Shapes.Of(account, null), ResponseJson.Default.AccountResponse),
        { Asset: { } asset } => JsonSerializer.SerializeToElement(
            Shapes.Of(asset, null), ResponseJson.Default.AssetResponse),
        { Instrument: { } instrument } => JsonSerializer.SerializeToElement(
            Shapes.Of(instrument, outcome.Canceled), ResponseJson.Default.InstrumentResponse),
        { PredictionMarket: { } market } => JsonSerializer.SerializeToElement(
            MarketShapes.EventOf(market), ResponseJson.Default.EventResponse),
        { Set: { } set } => JsonSerializer.SerializeToElement(
            MarketShapes.Of(set, catalog, null), ResponseJson.Default.SetResponse),
        { CancelAfterAccount.Value: not 0 } => JsonSerializer.SerializeToElement(
            Shapes.OfCancelAfter(outcome, null), ResponseJson.Default.CancelAfterResponse),
        { Ledger: { } ledger } => JsonSerializer.SerializeToElement(
            new FundsResponse(
                IdText.Of(ledger.Id), Shapes.Of(ledger.Balance, catalog.FindAsset(ledger.Balance.Asset)!), null),
            ResponseJson.Default.FundsResponse),
        _ => JsonSerializer.SerializeToElement(
            OrderShapes.OfMassCancel(outcome, null), ResponseJson.Default.MassCancelResponse),
    };
}
