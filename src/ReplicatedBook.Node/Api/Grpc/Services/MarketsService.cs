using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Security;
using Wire = ReplicatedBook.Contracts.Grpc;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>Prediction markets and betting markets.</summary>
internal sealed class MarketsService(GrpcRoutes routes, UnitLookup units) : IGrpcService
{
    private const string Markets = "/v1/markets/";
    private const string Betting = "/v1/betting/markets";

    private static readonly ServiceDescriptor Service =
        Wire.MarketsReflection.Descriptor.FindTypeByName<ServiceDescriptor>("Markets");

    /// <inheritdoc/>
    public IEnumerable<GrpcMethod> Methods =>
    [
        GrpcMethod.Unary<Wire.CreateEventRequest, Wire.Market>(
            Service, "CreateEvent", GrpcAccess.Of("POST /v1/events"), Wire.CreateEventRequest.Parser,
            CreateEventAsync),
        GrpcMethod.Unary<Wire.SetRequest, Wire.SetReply>(
            Service, "Split", GrpcAccess.Of("POST /v1/markets/{market_id}/split"), Wire.SetRequest.Parser,
            (call, request) => MoveAsync(call, request, "/split")),
        GrpcMethod.Unary<Wire.SetRequest, Wire.SetReply>(
            Service, "Merge", GrpcAccess.Of("POST /v1/markets/{market_id}/merge"), Wire.SetRequest.Parser,
            (call, request) => MoveAsync(call, request, "/merge")),
        GrpcMethod.Unary<Wire.ResolveRequest, Wire.Market>(
            Service, "Resolve", GrpcAccess.Of("POST /v1/markets/{market_id}/resolve"), Wire.ResolveRequest.Parser,
            ResolveAsync),
        GrpcMethod.Unary<Wire.CreateBettingMarketRequest, Wire.BettingMarket>(
            Service, "CreateBettingMarket", GrpcAccess.Of("POST /v1/betting/markets"),
            Wire.CreateBettingMarketRequest.Parser, CreateBettingAsync),
        GrpcMethod.Unary<Wire.SetMarketStateRequest, Wire.BettingMarket>(
            Service, "SetMarketState", GrpcAccess.Of("POST /v1/betting/markets/{market_id}/state"),
            Wire.SetMarketStateRequest.Parser, SetStateAsync),
        GrpcMethod.Unary<Wire.SettleRequest, Wire.BettingMarket>(
            Service, "Settle", GrpcAccess.Of("POST /v1/betting/markets/{market_id}/settle"), Wire.SettleRequest.Parser,
            SettleAsync),
    ];

    private async ValueTask<GrpcAnswer<Wire.Market>> CreateEventAsync(GrpcCall call, Wire.CreateEventRequest request)
    {
        var body = new CreateEventRequest
        {
            EventId = OrderRequests.OrNull(request.EventId),
            Title = request.Title,
            Description = OrderRequests.OrNull(request.Description),
            Category = OrderRequests.OrNull(request.Category),
            Collateral = request.Collateral,
            Outcomes =
            [
                .. request.Outcomes.Select(outcome => new EventOutcome
                {
                    Id = outcome.Id,
                    Title = OrderRequests.OrNull(outcome.Title),
                }),
            ],
            TickSize = request.TickSize,
            LotSize = OrderRequests.OrNull(request.LotSize),
            MakerFeeBps = request.MakerFeeBps,
            TakerFeeBps = request.TakerFeeBps,
            ClosesAt = OrderRequests.TimeOrNull(request.ClosesUs),
            Status = Words.Of(request.Status),
        };
        var answer = await routes.SendAsync(
            call, HttpMethods.Post, new RouteTarget("/v1/events").WithDeadline(call), body,
            RequestJson.Default.CreateEventRequest, ResponseJson.Default.EventResponse);
        return answer.Then(created => Of(created.Market, created.Receipt));
    }

    private async ValueTask<GrpcAnswer<Wire.SetReply>> MoveAsync(GrpcCall call, Wire.SetRequest request, string way)
    {
        if (request.MarketId.Length == 0)
        {
            return GrpcStatus.Missing("market_id");
        }

        var terms = await units.MarketAsync(call, RoutePolicy.Trader, request.MarketId);
        if (terms.Message is not { } known)
        {
            return terms.Refusal!;
        }

        var body = new SetRequest
        {
            AccountId = OrderRequests.OrNull(request.AccountId),
            Quantity = known.Quantity(request.QtyLots) ?? "0",
        };
        var answer = await routes.SendAsync(
            call, HttpMethods.Post, new RouteTarget(Markets, request.MarketId, way).WithDeadline(call), body,
            RequestJson.Default.SetRequest, ResponseJson.Default.SetResponse);
        return answer.Then(set => new Wire.SetReply
        {
            MarketId = set.MarketId,
            AccountId = set.AccountId,
            QtyLots = known.Lots(set.Quantity),
            Balance = AccountsService.Of(set.Balance),
            Receipt = OrderReplies.Of(set.Receipt),
        });
    }

    private async ValueTask<GrpcAnswer<Wire.Market>> ResolveAsync(GrpcCall call, Wire.ResolveRequest request)
    {
        if (request.MarketId.Length == 0)
        {
            return GrpcStatus.Missing("market_id");
        }

        var body = new ResolveMarketRequest
        {
            Outcome = OrderRequests.OrNull(request.Outcome),
            Payouts = request.Payouts.Count == 0 ? null : request.Payouts.ToDictionary(),
        };
        var answer = await routes.SendAsync(
            call, HttpMethods.Post, new RouteTarget(Markets, request.MarketId, "/resolve").WithDeadline(call), body,
            RequestJson.Default.ResolveMarketRequest, ResponseJson.Default.MarketResponse);
        return answer.Then(market => Of(market, market.Receipt));
    }

    private ValueTask<GrpcAnswer<Wire.BettingMarket>> CreateBettingAsync(
        GrpcCall call, Wire.CreateBettingMarketRequest request) => BettingAsync(
        call, new RouteTarget(Betting),
        new CreateBettingMarketRequest
        {
            Name = request.Name,
            BookType = Words.Of(request.BookType) ?? "",
            InPlayCapable = request.InPlayCapable,
            Currency = request.Currency,
            Runners =
            [
                .. request.Runners.Select(runner => new RunnerRequest { RunnerId = runner.RunnerId, Name = runner.Name }),
            ],
            CommissionBps = request.CommissionBps,
            BetDelayMs = request.BetDelayMs,
        },
        RequestJson.Default.CreateBettingMarketRequest);

    private async ValueTask<GrpcAnswer<Wire.BettingMarket>> SetStateAsync(
        GrpcCall call, Wire.SetMarketStateRequest request) => request.MarketId.Length == 0
        ? GrpcStatus.Missing("market_id")
        : await BettingAsync(
            call, new RouteTarget(Betting + "/", request.MarketId, "/state"),
            new BettingStateRequest
            {
                State = Words.Of(request.State) ?? "",
                LapseOrders = request.LapseOrders ? true : null,
                BatchSize = Size(request.BatchSize),
            },
            RequestJson.Default.BettingStateRequest);

    private async ValueTask<GrpcAnswer<Wire.BettingMarket>> SettleAsync(GrpcCall call, Wire.SettleRequest request) =>
        request.MarketId.Length == 0
            ? GrpcStatus.Missing("market_id")
            : await BettingAsync(
                call, new RouteTarget(Betting + "/", request.MarketId, "/settle"),
                new SettleBettingMarketRequest
                {
                    Winners = request.Winners.Count == 0 ? null : request.Winners,
                    DeadHeat = request.DeadHeat.Count == 0 ? null : request.DeadHeat.ToDictionary(),
                    VoidRunners = request.VoidRunners.Count == 0 ? null : request.VoidRunners,
                    BatchSize = Size(request.BatchSize),
                },
                RequestJson.Default.SettleBettingMarketRequest);

    private async ValueTask<GrpcAnswer<Wire.BettingMarket>> BettingAsync<TBody>(
        GrpcCall call, RouteTarget target, TBody body,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<TBody> type)
    {
        var answer = await routes.SendAsync(
            call, HttpMethods.Post, target.WithDeadline(call), body, type, ResponseJson.Default.BettingMarketResponse);
        return answer.Then(Of);
    }

    private static int? Size(uint given) => given == 0 ? null : (int)Math.Min(given, int.MaxValue);

    private static Wire.Market Of(MarketResponse market, Receipt? receipt) => new()
    {
        MarketId = market.MarketId,
        Kind = market.Kind,
        Status = Words.To<Wire.MarketStatus>(market.Status),
        Collateral = market.Collateral,
        TickSize = market.TickSize,
        LotSize = market.LotSize,
        Outcomes =
        {
            market.Outcomes.Select(outcome => new Wire.Outcome
            {
                Outcome_ = outcome.Outcome,
                Title = outcome.Title,
                Instrument = outcome.Instrument,
                LastPrice = outcome.LastPrice ?? "",
                BestBid = outcome.BestBid ?? "",
                BestAsk = outcome.BestAsk ?? "",
                Payout = outcome.Payout ?? "",
            }),
        },
        OpenInterest = market.OpenInterest,
        CollateralLocked = market.CollateralLocked,
        Settling = market.Settling,
        Version = (ulong)market.Version,
        Receipt = OrderReplies.Of(receipt),
    };

    private static Wire.BettingMarket Of(BettingMarketResponse market) => new()
    {
        MarketId = market.MarketId,
        Name = market.Name,
        BookType = Words.To<Wire.BookType>(market.BookType),
        InPlayCapable = market.InPlayCapable,
        Currency = market.Currency,
        StakeStep = market.StakeStep,
        CommissionBps = market.CommissionBps,
        BetDelayMs = market.BetDelayMs,
        State = Words.To<Wire.BettingState>(market.State),
        Phase = Words.To<Wire.BettingPhase>(market.Phase),
        Version = (ulong)market.Version,
        Runners =
        {
            market.Runners.Select(runner => new Wire.Runner
            {
                RunnerId = runner.RunnerId,
                Name = runner.Name,
                Instrument = runner.Instrument,
                Removed = runner.Removed,
            }),
        },
        MatchedVolume = market.MatchedVolume,
        OpenOrders = (uint)market.OpenOrders,
        BatchUnderWay = market.BatchUnderWay,
        Receipt = OrderReplies.Of(market.Receipt),
    };
}
