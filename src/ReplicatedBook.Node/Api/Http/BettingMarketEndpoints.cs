using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that create betting markets and lead them through their states and phases (API.md 2.5).</summary>
internal sealed class BettingMarketEndpoints(
    Writes writes, BettingWrites betting, Lookup lookup, Answers answers, NodeSettings settings)
{
    private const int MicrosecondsPerMillisecond = 1_000;

    private static readonly IntegerParameter BatchSize = new(
        "batch_size", "Most bets that one log entry cancels; without it as many as that may be.", 1,
        SetBettingState.MaxBatch);

    public void Map(RouteGroupBuilder v1)
    {
        var change = RouteContract.Write().Takes(VersionTag.IfMatch).Refuses(
            ProblemCodes.NotFound, ProblemCodes.VersionMismatch, ProblemCodes.MarketStateConflict);
        v1.MapPost("/betting/markets", (RequestDelegate)CreateAsync).For(RoutePolicy.Admin)
            .Describe<CreateBettingMarketRequest, BettingMarketResponse>(
                "CreateBettingMarket", "Creates a betting market, open and before its event.", 201,
                RouteContract.Write().LooksUp().Refuses(ProblemCodes.AlreadyExists));
        v1.MapPost("/betting/markets/{market_id}/runners", (RequestDelegate)AddRunnersAsync).For(RoutePolicy.Admin)
            .Describe<AddRunnersRequest, BettingMarketResponse>(
                "AddRunners", "Adds runners to a market of many.", 200, change.Refuses(ProblemCodes.AlreadyExists));
        v1.MapDelete("/betting/markets/{market_id}/runners/{runner_id}", (RequestDelegate)RemoveRunnerAsync)
            .For(RoutePolicy.Admin)
            .Describe<BettingMarketResponse>(
                "RemoveRunner",
                "Removes a runner from a market of many: open bets on it are canceled, matched ones are void.", 200,
                RouteContract.Write(BatchSize).Takes(VersionTag.IfMatch).Refuses(
                    ProblemCodes.NotFound, ProblemCodes.VersionMismatch, ProblemCodes.MarketStateConflict,
                    ProblemCodes.RunnerRemoved));
        v1.MapPost("/betting/markets/{market_id}/state", (RequestDelegate)SetStateAsync).For(RoutePolicy.Admin)
            .Describe<BettingStateRequest, BettingMarketResponse>(
                "SetBettingState", "Suspends a market, opens it again, or closes it for good.", 200,
                change.Refuses(ProblemCodes.BatchUnderWay));
        v1.MapPost("/betting/markets/{market_id}/phase", (RequestDelegate)SetPhaseAsync).For(RoutePolicy.Admin)
            .Describe<BettingPhaseRequest, BettingMarketResponse>(
                "SetBettingPhase", "Stops trading before the event and cancels what lapses; then goes in play.", 200,
                change.Refuses(ProblemCodes.BatchUnderWay));
    }

    private async Task CreateAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(
            http, RequestJson.Default.CreateBettingMarketRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var request = body.Value!;
        var defects = new Defects();
        var command = Bind(request, defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        var currency = await lookup.AssetAsync(request.Currency, options.Timeout);
        if (answers.Refuse(http, currency.Failure))
        {
            return;
        }

        if (answers.Refuse(http, ToBound(request.MaxBetLiability, "max_bet_liability", currency.Value!, out var ofBet))
            || answers.Refuse(http, ToBound(
                request.MaxAccountLiability, "max_account_liability", currency.Value!, out var ofAccount)))
        {
            return;
        }

        command = command with
        {
            Currency = currency.Value!.Id,
            MaxBetLiability = ofBet,
            MaxAccountLiability = ofAccount,
        };
        await betting.SubmitAsync(
            http, options, StatusCodes.Status201Created,
            (buffer, header) => CommandCodec.Write(buffer, header, command));
    }

    private Task AddRunnersAsync(HttpContext http) => betting.ChangeAsync(
        http, RequestJson.Default.AddRunnersRequest, mayBeAbsent: false, (request, market, version, defects) =>
        {
            var command = new ChangeRunners(market, RunnersOf(request!.Runners, defects), [], 0, version);
            return (buffer, header) => CommandCodec.Write(buffer, header, command);
        });

    private async Task RemoveRunnerAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var batch = (int)(query.Integer(BatchSize) ?? 0);
        if (writes.Begin(http, query) is not { } options)
        {
            return;
        }

        var defects = new Defects();
        var version = VersionTag.Expected(http.Request, defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        if (IdText.ToBettingMarket(RouteText.Of(http, "market_id")) is not { } market
            || IdText.ToRunner(RouteText.Of(http, "runner_id")) is not { } runner)
        {
            answers.Write(http, Problems.NotFound("no such runner of a betting market"));
            return;
        }

        var command = new ChangeRunners(market, [], [runner], batch, version);
        await betting.SubmitAsync(
            http, options, StatusCodes.Status200OK, (buffer, header) => CommandCodec.Write(buffer, header, command));
    }

    private Task SetStateAsync(HttpContext http) => betting.ChangeAsync(
        http, RequestJson.Default.BettingStateRequest, mayBeAbsent: false, (request, market, version, defects) =>
        {
            var state = EnumText.ToGivenBettingState(request!.State);
            if (state is null)
            {
                defects.Invalid("state", $"state must be one of {EnumText.GivenBettingStates}");
            }

            var lapses = request.LapseOrders ?? false;
            if (lapses && state is not (null or BettingMarketState.Suspended))
            {
                defects.Invalid("lapse_orders", "lapse_orders goes with suspended only");
            }

            var command = new SetBettingState(
                market, state.GetValueOrDefault(), lapses, BatchSizeOf(request.BatchSize, defects), version);
            return (buffer, header) => CommandCodec.Write(buffer, header, command);
        });

    private Task SetPhaseAsync(HttpContext http) => betting.ChangeAsync(
        http, RequestJson.Default.BettingPhaseRequest, mayBeAbsent: false, (request, market, version, defects) =>
        {
            var phase = EnumText.ToGivenBettingPhase(request!.Phase);
            if (phase is null)
            {
                defects.Invalid("phase", $"phase must be one of {EnumText.GivenBettingPhases}");
            }

            var command = new SetBettingPhase(
                market, phase.GetValueOrDefault(), BatchSizeOf(request.BatchSize, defects), version);
            return (buffer, header) => CommandCodec.Write(buffer, header, command);
        });

    /// <summary>The size of a batch; 0 for the most when none was given.</summary>
    public static int BatchSizeOf(int? given, Defects defects)
    {
        if (given is < 1 or > SetBettingState.MaxBatch)
        {
            var (_, field, detail) = Rejections.Of(RejectReason.BatchSizeInvalid);
            defects.Invalid(field!, detail);
        }

        return given ?? 0;
    }

    private static CreateBettingMarket Bind(CreateBettingMarketRequest request, Defects defects)
    {
        CheckName(request.Name, "name", defects);
        var type = EnumText.ToBookType(request.BookType);
        if (type is null)
        {
            defects.Invalid("book_type", $"book_type must be one of {EnumText.BookTypes}");
        }

        const int WholeBps = 10_000;
        if (request.CommissionBps is < 0 or > WholeBps)
        {
            defects.Invalid("commission_bps", $"commission_bps must be 0 to {WholeBps}");
        }

        if (request.BetDelayMs is < 0 or > (int)(CreateBettingMarket.MaxBetDelay / MicrosecondsPerMillisecond))
        {
            var (_, field, detail) = Rejections.Of(RejectReason.BetDelayOutOfRange);
            defects.Invalid(field!, detail);
        }

        return new CreateBettingMarket(
            request.Name, type.GetValueOrDefault(), request.InPlayCapable ?? false, default,
            request.CommissionBps ?? 0, (long)(request.BetDelayMs ?? 0) * MicrosecondsPerMillisecond, default, default,
            RunnersOf(request.Runners, defects));
    }

    private static RunnerName[] RunnersOf(IReadOnlyList<RunnerRequest> runners, Defects defects)
    {
        if (runners.Count > CreateBettingMarket.MaxRunners)
        {
            var (_, field, detail) = Rejections.Of(RejectReason.RunnerCountInvalid);
            defects.Invalid(field!, detail);
            return [];
        }

        var names = new RunnerName[runners.Count];
        for (var i = 0; i < names.Length; i++)
        {
            if (runners[i] is not { } runner)
            {
                defects.Missing($"runners[{i}]");
                continue;
            }

            var id = IdText.ToRunner(runner.RunnerId);
            if (id is null)
            {
                defects.Invalid($"runners[{i}].runner_id", $"a runner_id must be digits, 1 to {RunnerId.Max}");
            }

            CheckName(runner.Name, $"runners[{i}].name", defects);
            names[i] = new RunnerName(id.GetValueOrDefault(), runner.Name);
        }

        return names;
    }

    private static void CheckName(string name, string field, Defects defects)
    {
        if (name.Length == 0)
        {
            defects.Invalid(field, $"{field} must not be empty");
        }

        LabelText.Check(name, field, defects);
    }

    private static ApiProblem? ToBound(string? text, string field, AssetView currency, out Amount bound)
    {
        bound = default;
        if (text is null)
        {
            return null;
        }

        var defects = new Defects();
        OrderBinder.CheckPositive(text, field, defects);
        return defects.ToProblem() ?? AmountBinder.ToUnits(text, field, currency, out bound);
    }
}
