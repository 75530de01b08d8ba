using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that cancel, void and settle what is in a betting market (API.md 2.5).</summary>
internal sealed class BettingResultEndpoints(BettingWrites betting)
{
    /// <summary>Digits after the point of a part of a dead heat.</summary>
    private const int PartScale = 6;

    public void Map(RouteGroupBuilder v1)
    {
        var change = RouteContract.Write().Takes(VersionTag.IfMatch).Refuses(
            ProblemCodes.NotFound, ProblemCodes.VersionMismatch, ProblemCodes.MarketStateConflict);
        var work = RouteContract.Write().Refuses(
            ProblemCodes.NotFound, ProblemCodes.MarketStateConflict, ProblemCodes.BatchUnderWay);
        v1.MapPost("/betting/markets/{market_id}/settle", (RequestDelegate)SettleAsync).For(RoutePolicy.Admin)
            .Describe<SettleBettingMarketRequest, BettingMarketResponse>(
                "SettleBettingMarket", "Pays a closed market out, net of commission, in batches.", 200,
                change.Refuses(ProblemCodes.InvalidOutcome));
        v1.MapPost("/betting/markets/{market_id}/void", (RequestDelegate)VoidAsync).For(RoutePolicy.Admin)
            .Describe<VoidBettingMarketRequest, BettingMarketResponse>(
                "VoidBettingMarket", "Cancels all bets and pays back what is matched, in batches.", 200, change);
        v1.MapPost("/betting/markets/{market_id}/trades/void", (RequestDelegate)VoidTradesAsync).For(RoutePolicy.Admin)
            .Describe<VoidTradesRequest, BettingMarketResponse>(
                "VoidTrades", "Undoes trades: both sides get back what they paid.", 200, work);
        v1.MapPost("/betting/markets/{market_id}/orders/cancel", (RequestDelegate)CancelAsync).For(RoutePolicy.Admin)
            .Describe<CancelMarketOrdersRequest, BettingMarketResponse>(
                "CancelMarketOrders", "Cancels the market's open bets that fit, of any account, in batches.", 200,
                work);
    }

    private Task SettleAsync(HttpContext http) => betting.ChangeAsync(
        http, RequestJson.Default.SettleBettingMarketRequest, mayBeAbsent: false,
        (request, market, version, defects) =>
        {
            var parts = PartsOf(request!, defects, out var denominator);
            var command = new SettleBettingMarket(
                market, denominator, parts, RunnersOf(request!.VoidRunners, "void_runners", defects),
                BettingMarketEndpoints.BatchSizeOf(request.BatchSize, defects), version);
            return (buffer, header) => CommandCodec.Write(buffer, header, command);
        });

    private Task VoidAsync(HttpContext http) => betting.ChangeAsync(
        http, RequestJson.Default.VoidBettingMarketRequest, mayBeAbsent: true, (request, market, version, defects) =>
        {
            var command = new VoidBettingMarket(
                market, BettingMarketEndpoints.BatchSizeOf(request?.BatchSize, defects), version);
            return (buffer, header) => CommandCodec.Write(buffer, header, command);
        });

    private Task VoidTradesAsync(HttpContext http) => betting.ChangeAsync(
        http, RequestJson.Default.VoidTradesRequest, mayBeAbsent: false, (request, market, _, defects) =>
        {
            var given = request!.TradeIds ?? [];
            if (given.Count > VoidBettingTrades.MaxTrades || (request.Since is null) == (given.Count == 0))
            {
                var (_, field, detail) = Rejections.Of(RejectReason.VoidRangeInvalid);
                defects.Invalid(field!, detail);
                given = [];
            }

            var command = new VoidBettingTrades(
                market, TradesOf(given, defects), TimeOf(request.Since, "since", defects),
                BettingMarketEndpoints.BatchSizeOf(request.BatchSize, defects));
            return (buffer, header) => CommandCodec.Write(buffer, header, command);
        });

    private Task CancelAsync(HttpContext http) => betting.ChangeAsync(
        http, RequestJson.Default.CancelMarketOrdersRequest, mayBeAbsent: true, (request, market, _, defects) =>
        {
            var runner = request?.RunnerId is { } text ? RunnerOf(text, "runner_id", defects) : default;
            var command = new BatchCancelBets(
                market, OrderBinder.Account(request?.AccountId, "account_id", defects), runner,
                TimeOf(request?.CreatedFrom, "created_from", defects),
                TimeOf(request?.CreatedTo, "created_to", defects),
                BettingMarketEndpoints.BatchSizeOf(request?.BatchSize, defects));
            return (buffer, header) => CommandCodec.Write(buffer, header, command);
        });

    /// <summary>Winners and their parts, of the least denominator that all parts have in common.</summary>
    private static RunnerPayout[] PartsOf(
        SettleBettingMarketRequest request, Defects defects, out long denominator)
    {
        var parts = new List<(RunnerId Runner, long Mantissa, int Scale)>();
        var scaleOfAll = 0;
        foreach (var (runner, text) in request.DeadHeat ?? new Dictionary<string, string>())
        {
            if (!DecimalText.TryParse(text, out var mantissa, out var scale) || scale > PartScale || mantissa <= 0
                || mantissa > SettleBettingMarket.MaxDenominator)
            {
                defects.Invalid(
                    "dead_heat",
                    $"a part must be above 0 and at most 1, with at most {PartScale} digits after the point");
                continue;
            }

            scaleOfAll = Math.Max(scaleOfAll, scale);
            parts.Add((RunnerOf(runner, "dead_heat", defects), (long)mantissa, scale));
        }

        var payouts = new List<RunnerPayout>();
        denominator = TenTo(scaleOfAll);
        foreach (var (runner, mantissa, scale) in parts)
        {
            payouts.Add(new RunnerPayout(runner, mantissa * TenTo(scaleOfAll - scale)));
        }

        foreach (var winner in RunnersOf(request.Winners, "winners", defects))
        {
            if (!parts.Exists(part => part.Runner == winner))
            {
                payouts.Add(new RunnerPayout(winner, denominator));
            }
        }

        return [.. payouts];
    }

    private static long TenTo(int scale)
    {
        var power = 1L;
        for (; scale > 0; scale--)
        {
            power *= 10;
        }

        return power;
    }

    private static RunnerId[] RunnersOf(IReadOnlyList<string>? texts, string field, Defects defects)
    {
        if (texts?.Count > CreateBettingMarket.MaxRunners)
        {
            defects.Invalid(field, $"{field} names more runners than a market has");
            return [];
        }

        return [.. (texts ?? []).Select(text => RunnerOf(text, field, defects))];
    }

    private static RunnerId RunnerOf(string? text, string field, Defects defects)
    {
        if (text is not null && IdText.ToRunner(text) is { } runner)
        {
            return runner;
        }

        defects.Invalid(field, $"{field} must be runners as digits, 1 to {RunnerId.Max}");
        return default;
    }

    private static TradeId[] TradesOf(IReadOnlyList<string> texts, Defects defects)
    {
        var trades = new TradeId[texts.Count];
        for (var i = 0; i < trades.Length; i++)
        {
            if (texts[i] is { } text && IdText.ToNumber(text) is { } number)
            {
                trades[i] = new TradeId(number);
            }
            else
            {
                defects.Invalid("trade_ids", "trade_ids must be trades as digits");
            }
        }

        return trades;
    }

    private static Timestamp TimeOf(string? text, string field, Defects defects)
    {
        if (text is null)
        {
            return default;
        }

        if (TimeText.Parse(text) is { } time)
        {
            return time;
        }

        defects.Invalid(field, $"{field} must be a time as in RFC 3339, at most with microseconds");
        return default;
    }
}
