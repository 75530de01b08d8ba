using System.Globalization;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Api.Grpc.Sessions;
using ReplicatedBook.Node.Security;
using Wire = ReplicatedBook.Contracts.Grpc;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>Orders and bets, through the routes of HTTP; sessions have a way of their own.</summary>
internal sealed class TradingService(GrpcRoutes routes, UnitLookup units, TradingSessions sessions) : IGrpcService
{
    private const string Orders = "/v1/orders";
    private const string ById = "/v1/orders/";
    private const string ByClientId = "/v1/orders/by_client_id/";

    private static readonly ServiceDescriptor Service =
        Wire.TradingReflection.Descriptor.FindTypeByName<ServiceDescriptor>("Trading");

    /// <inheritdoc/>
    public IEnumerable<GrpcMethod> Methods =>
    [
        GrpcMethod.Unary<Wire.PlaceOrderRequest, Wire.OrderReply>(
            Service, "PlaceOrder", GrpcAccess.Of("POST /v1/orders"), Wire.PlaceOrderRequest.Parser,
            (call, request) => PlaceAsync(call, request, 0)),
        GrpcMethod.Unary<Wire.PlaceBatchRequest, Wire.PlaceBatchReply>(
            Service, "PlaceBatch", GrpcAccess.Of("POST /v1/orders/batch"), Wire.PlaceBatchRequest.Parser,
            (call, request) => PlaceBatchAsync(call, request, 0)),
        GrpcMethod.Unary<Wire.AmendOrderRequest, Wire.OrderReply>(
            Service, "AmendOrder", GrpcAccess.Of("PATCH /v1/orders/{order_id}"), Wire.AmendOrderRequest.Parser,
            AmendAsync),
        GrpcMethod.Unary<Wire.CancelOrderRequest, Wire.OrderReply>(
            Service, "CancelOrder",
            GrpcAccess.Of("DELETE /v1/orders/{order_id}", "DELETE /v1/orders/by_client_id/{client_order_id}"),
            Wire.CancelOrderRequest.Parser, CancelAsync),
        GrpcMethod.Unary<Wire.CancelAllRequest, Wire.CancelAllReply>(
            Service, "CancelAll", GrpcAccess.Of("DELETE /v1/orders"), Wire.CancelAllRequest.Parser, CancelAllAsync),
        GrpcMethod.Unary<Wire.GetOrderRequest, Wire.OrderReply>(
            Service, "GetOrder",
            GrpcAccess.Of("GET /v1/orders/{order_id}", "GET /v1/orders/by_client_id/{client_order_id}"),
            Wire.GetOrderRequest.Parser, GetAsync),
        GrpcMethod.Duplex(
            Service, "Session", GrpcAccess.Of(RoutePolicy.Trader), call => sessions.RunAsync(call, this)),
    ];

    /// <summary>Places an order or a bet.</summary>
    /// <param name="call">On whose behalf.</param>
    /// <param name="request">The order.</param>
    /// <param name="orderSession">Session that it belongs to; 0 for none.</param>
    public async ValueTask<GrpcAnswer<Wire.OrderReply>> PlaceAsync(
        GrpcCall call, Wire.PlaceOrderRequest request, long orderSession)
    {
        var terms = await units.ForAsync(call, RoutePolicy.Trader, request.Instrument, request.Side);
        if (terms.Message is not { } known)
        {
            return terms.Refusal!;
        }

        var answer = await routes.SendAsync(
            call, HttpMethods.Post, new RouteTarget(Orders).WithDeadline(call), OrderRequests.Of(request, known),
            RequestJson.Default.PlaceOrderRequest, ResponseJson.Default.OrderResponse, orderSession);
        return answer.Then(order => OrderReplies.Of(order, known));
    }

    /// <summary>Places several orders and bets in one log entry.</summary>
    public async ValueTask<GrpcAnswer<Wire.PlaceBatchReply>> PlaceBatchAsync(
        GrpcCall call, Wire.PlaceBatchRequest request, long orderSession)
    {
        var orders = new List<PlaceOrderRequest>(request.Orders.Count);
        foreach (var order in request.Orders.Take(PlaceBatch.MaxOrders + 1))
        {
            // What is not there is the result of that order alone, which the route says.
            var terms = await units.ForAsync(call, RoutePolicy.Trader, order.Instrument, order.Side);
            orders.Add(OrderRequests.Of(order, terms.Message ?? UnitTerms.Any));
        }

        var answer = await routes.SendAsync(
            call, HttpMethods.Post, new RouteTarget(Orders + "/batch").WithDeadline(call),
            new PlaceBatchRequest { Orders = orders, Atomic = request.Atomic ? true : null },
            RequestJson.Default.PlaceBatchRequest, ResponseJson.Default.BatchResponse, orderSession);
        if (answer.Message is not { } batch)
        {
            return answer.Refusal!;
        }

        var reply = new Wire.PlaceBatchReply { Receipt = OrderReplies.Of(batch.Receipt) };
        foreach (var result in batch.Results)
        {
            reply.Results.Add(await OfAsync(result));
        }

        return reply;
    }

    /// <summary>Changes an order.</summary>
    public async ValueTask<GrpcAnswer<Wire.OrderReply>> AmendAsync(GrpcCall call, Wire.AmendOrderRequest request)
    {
        if (request.Instrument.Length == 0)
        {
            return GrpcStatus.Missing("instrument");
        }

        var terms = await units.ForAsync(call, RoutePolicy.Trader, request.Instrument, Wire.Side.Unspecified);
        if (terms.Message is not { } known)
        {
            return terms.Refusal!;
        }

        var body = new AmendOrderRequest
        {
            Price = known.Price(request.PriceTicks),
            Quantity = known.Quantity(request.QtyLots),
            ExpectedRemaining = known.Quantity(request.ExpectedRemainingLots),
        };
        var answer = await routes.SendAsync(
            call, HttpMethods.Patch, new RouteTarget(ById, Id(request.OrderId)).WithDeadline(call), body,
            RequestJson.Default.AmendOrderRequest, ResponseJson.Default.OrderResponse);
        return answer.Then(order => OrderReplies.Of(order, known));
    }

    /// <summary>Takes an order or a bet out.</summary>
    public async ValueTask<GrpcAnswer<Wire.OrderReply>> CancelAsync(GrpcCall call, Wire.CancelOrderRequest request)
    {
        if (Named(request.OrderId, request.ClientOrderId) is { } refusal)
        {
            return refusal;
        }

        var target = request.OrderId != 0
            ? new RouteTarget(ById, Id(request.OrderId))
            : new RouteTarget(ByClientId, request.ClientOrderId).With("account_id", request.AccountId);
        return await OfAsync(await routes.SendAsync(
            call, HttpMethods.Delete, target.WithDeadline(call), ResponseJson.Default.OrderResponse));
    }

    /// <summary>Takes out all that fit.</summary>
    public async ValueTask<GrpcAnswer<Wire.CancelAllReply>> CancelAllAsync(GrpcCall call, Wire.CancelAllRequest request)
    {
        var target = new RouteTarget(Orders)
            .With("account_id", request.AccountId)
            .With("instrument", request.Instrument)
            .With("side", Words.Of(request.Side))
            .With("type", request.Bets ? "runner" : null)
            .WithDeadline(call);
        var answer = await routes.SendAsync(call, HttpMethods.Delete, target, ResponseJson.Default.MassCancelResponse);
        return answer.Then(OrderReplies.Of);
    }

    private async ValueTask<GrpcAnswer<Wire.OrderReply>> GetAsync(GrpcCall call, Wire.GetOrderRequest request)
    {
        if (Named(request.OrderId, request.ClientOrderId) is { } refusal)
        {
            return refusal;
        }

        var target = request.OrderId != 0
            ? new RouteTarget(ById, Id(request.OrderId))
            : new RouteTarget(ByClientId, request.ClientOrderId).With("account_id", request.AccountId);
        return await OfAsync(
            await routes.GetAsync(call, target.With(request.Read, call), ResponseJson.Default.OrderResponse));
    }

    private static GrpcStatus? Named(ulong id, string clientId) =>
        id == 0 && clientId.Length == 0 ? GrpcStatus.Missing("order_id")
        : id != 0 && clientId.Length != 0 ? GrpcStatus.Invalid("client_order_id", "stands in place of order_id")
        : null;

    private static string Id(ulong id) => id.ToString(CultureInfo.InvariantCulture);

    private async ValueTask<GrpcAnswer<Wire.OrderReply>> OfAsync(GrpcAnswer<OrderResponse> answer) =>
        answer.Message is { } order
            ? OrderReplies.Of(order, await units.OfAnswerAsync(order.Order.Instrument, order.Order.Side))
            : answer.Refusal!;

    private async ValueTask<Wire.BatchResult> OfAsync(BatchResult result)
    {
        var reply = new Wire.BatchResult { Status = (uint)result.Status };
        if (result.Problem is { } problem)
        {
            reply.Refusal = OrderReplies.Of(problem);
        }
        else if (result.Order is { } order)
        {
            var terms = await units.OfAnswerAsync(order.Instrument, order.Side);
            reply.Order = OrderReplies.Of(order, terms);
            reply.Fills.Add(result.Fills?.Select(fill => OrderReplies.Of(fill, terms)) ?? []);
        }

        return reply;
    }
}
