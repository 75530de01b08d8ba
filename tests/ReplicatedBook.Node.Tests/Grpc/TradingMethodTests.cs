using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Goal: orders and bets by gRPC are those of the HTTP interface. Method: each method well and badly used on a
/// node, and what it did looked at.</summary>
public sealed class TradingMethodTests(GrpcFixture node) : IClassFixture<GrpcFixture>
{
    [Fact]
    public async Task An_order_rests_trades_and_can_be_read_in_ticks_and_lots()
    {
        var (maker, taker) = (await node.NewAccountAsync(), await node.NewAccountAsync());
        var resting = await node.PlaceAsync(GrpcFixture.Limit(maker, Side.Sell, 100_00, 5_000, "m-1"));
        var met = await node.CallAsync(
            "Trading/PlaceOrder", GrpcFixture.Limit(taker, Side.Buy, 101_00, 2_000), OrderReply.Parser);

        var reply = met.Ok();
        Assert.Equal((OrderStatus.Open, 5_000L, "m-1"),
            (resting.Order.Status, resting.Order.QtyLots, resting.Order.ClientOrderId));
        Assert.Equal((OrderStatus.Filled, 2_000L, 101_00L),
            (reply.Order.Status, reply.Order.FilledLots, reply.Order.PriceTicks));
        var fill = Assert.Single(reply.Fills);
        Assert.Equal((100_00L, 2_000L, resting.Order.OrderId, true),
            (fill.PriceTicks, fill.QtyLots, fill.MakerOrderId, fill.IsTaker));
        Assert.Equal((32, "n1"), (reply.Receipt.Digest.Length, reply.Receipt.Node));
        Assert.Equal(reply.Receipt.Index.ToString(), met.Headers["rb-index"]);
        Assert.Equal("n1", met.Headers["rb-leader"]);

        var read = (await node.CallAsync(
            "Trading/GetOrder", new GetOrderRequest { ClientOrderId = "m-1", AccountId = maker },
                OrderReply.Parser)).Ok();
        Assert.Equal((resting.Order.OrderId, 2_000L, 3_000L),
            (read.Order.OrderId, read.Order.FilledLots, read.Order.RemainingLots));
    }

    [Fact]
    public async Task What_is_refused_has_the_code_of_the_http_interface()
    {
        var account = await node.NewAccountAsync();
        async Task<GrpcReply<OrderReply>> Place(Action<PlaceOrderRequest> change)
        {
            var order = GrpcFixture.Limit(account, Side.Buy, 100_00, 1_000);
            change(order);
            return await node.CallAsync("Trading/PlaceOrder", order, OrderReply.Parser);
        }

        (await Place(order => order.Side = Side.Unspecified)).Expect(GrpcCode.InvalidArgument, "invalid_field");
        (await Place(order => order.Side = (Side)77)).Expect(GrpcCode.InvalidArgument, "invalid_field");
        (await Place(order => order.PriceTicks = 0)).Expect(GrpcCode.InvalidArgument, "missing_field");
        (await Place(order => order.PriceTicks = -5)).Expect(GrpcCode.InvalidArgument, "invalid_field");
        (await Place(order => order.Instrument = "")).Expect(GrpcCode.InvalidArgument, "invalid_field");
        (await Place(order => order.Instrument = "NONE")).Expect(GrpcCode.NotFound, "not_found");
        (await Place(order => order.Instrument = "no such/thing?x=1")).Expect(
            GrpcCode.InvalidArgument, "invalid_field");
        (await Place(order => order.AccountId = "a9999")).Expect(GrpcCode.NotFound, "not_found", "rejected");
        (await Place(order => order.QtyLots = long.MaxValue)).Expect(
            GrpcCode.FailedPrecondition, "max_quantity", "rejected");
        var poor = await Place(order => order.QtyLots = 1_000_000_000);
        poor.Expect(GrpcCode.FailedPrecondition, "insufficient_funds", "rejected");
        Assert.True(long.Parse(poor.Trailers["rb-index"]) > 0);
        Assert.Contains("available", poor.Trailers["grpc-message"]);
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_is_one_order()
    {
        var account = await node.NewAccountAsync();
        var order = GrpcFixture.Limit(account, Side.Buy, 10_00, 1_000);
        var first = await node.CallAsync("Trading/PlaceOrder", order, OrderReply.Parser, ("idempotency-key", "k-1"));
        var again = await node.CallAsync(
            "Trading/PlaceOrder", order, OrderReply.Parser, ("idempotency-key", "k-1"), ("request-id", "again"));

        Assert.Equal(first.Ok().Order.OrderId, again.Ok().Order.OrderId);
        Assert.Equal(("true", "again"), (again.Headers["idempotency-replayed"], again.Headers["request-id"]));
    }

    [Fact]
    public async Task An_order_is_amended_and_canceled()
    {
        var account = await node.NewAccountAsync();
        var placed = await node.PlaceAsync(GrpcFixture.Limit(account, Side.Buy, 11_00, 1_000));
        var amend = new AmendOrderRequest
        {
            OrderId = placed.Order.OrderId,
            Instrument = GrpcFixture.Symbol,
            PriceTicks = 12_34,
            QtyLots = 900,
        };
        var amended = (await node.CallAsync("Trading/AmendOrder", amend, OrderReply.Parser)).Ok();
        Assert.Equal((12_34L, 900L), (amended.Order.PriceTicks, amended.Order.QtyLots));

        var cancel = new CancelOrderRequest { OrderId = placed.Order.OrderId };
        var canceled = (await node.CallAsync("Trading/CancelOrder", cancel, OrderReply.Parser)).Ok();
        Assert.Equal((OrderStatus.Canceled, "user_request"), (canceled.Order.Status, canceled.Order.Reason));
        (await node.CallAsync("Trading/CancelOrder", cancel, OrderReply.Parser)).Expect(
            GrpcCode.FailedPrecondition, "order_not_open", "rejected");
        (await node.CallAsync("Trading/AmendOrder", amend, OrderReply.Parser)).Expect(
            GrpcCode.FailedPrecondition, "order_not_open", "rejected");
        (await node.CallAsync("Trading/AmendOrder", new AmendOrderRequest { OrderId = 1 }, OrderReply.Parser)).Expect(
            GrpcCode.InvalidArgument, "missing_field");
        (await node.CallAsync("Trading/CancelOrder", new CancelOrderRequest(), OrderReply.Parser)).Expect(
            GrpcCode.InvalidArgument, "missing_field");
        (await node.CallAsync(
            "Trading/CancelOrder", new CancelOrderRequest { OrderId = 1, ClientOrderId = "x" }, OrderReply.Parser))
            .Expect(GrpcCode.InvalidArgument, "invalid_field");
        (await node.CallAsync("Trading/GetOrder", new GetOrderRequest { OrderId = ulong.MaxValue }, OrderReply.Parser))
            .Expect(GrpcCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_batch_has_a_result_for_each_order_and_all_are_canceled_together()
    {
        var account = await node.NewAccountAsync();
        var batch = new PlaceBatchRequest
        {
            Orders =
            {
                GrpcFixture.Limit(account, Side.Buy, 9_00, 100),
                GrpcFixture.Limit(account, Side.Buy, 0, 100),
            },
        };
        (await node.CallAsync("Trading/PlaceBatch", batch, PlaceBatchReply.Parser)).Expect(
            GrpcCode.InvalidArgument, "missing_field");

        batch.Orders[1] = GrpcFixture.Limit(account, Side.Buy, 8_00, 2_000_000_000);
        batch.Orders.Add(GrpcFixture.Limit(account, Side.Buy, 7_00, 100));
        var reply = (await node.CallAsync("Trading/PlaceBatch", batch, PlaceBatchReply.Parser)).Ok();
        Assert.Equal([201u, 422u, 201u], reply.Results.Select(result => result.Status));
        Assert.Equal(
            ("insufficient_funds", "rejected"), (reply.Results[1].Refusal.Code, reply.Results[1].Refusal.Outcome));

        var all = new CancelAllRequest { AccountId = account, Instrument = GrpcFixture.Symbol };
        var canceled = (await node.CallAsync("Trading/CancelAll", all, CancelAllReply.Parser)).Ok();
        Assert.Equal(
            [reply.Results[0].Order.OrderId, reply.Results[2].Order.OrderId], canceled.OrderIds);
        (await node.CallAsync("Trading/CancelAll", new CancelAllRequest { Instrument = "NONE" }, CancelAllReply.Parser))
            .Expect(GrpcCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_bet_counts_in_hundredths_of_odds_and_units_of_the_currency()
    {
        var (backer, layer) = (await node.NewAccountAsync(), await node.NewAccountAsync());
        var market = (await node.Http.PostAsync("/v1/betting/markets", BettingMarkets.Market("Grpc Cup")))
            .Expect(201).TextAt("market_id")!;
        PlaceOrderRequest Bet(string account, Side side) => new()
        {
            AccountId = account,
            Instrument = $"{market}:1",
            Side = side,
            Type = OrderType.Limit,
            PriceTicks = 2_50,
            QtyLots = 10_0000,
            Persistence = Persistence.Persist,
        };

        var back = await node.PlaceAsync(Bet(backer, Side.Back));
        var lay = await node.PlaceAsync(Bet(layer, Side.Lay));
        Assert.Equal((Side.Back, 2_50L, 10_0000L), (back.Order.Side, back.Order.PriceTicks, back.Order.QtyLots));
        Assert.Equal((OrderStatus.Filled, 2_50L), (lay.Order.Status, Assert.Single(lay.Fills).PriceTicks));
        var odd = Bet(backer, Side.Back);
        odd.PriceTicks = 3_01;
        (await node.CallAsync("Trading/PlaceOrder", odd, OrderReply.Parser)).Expect(
            GrpcCode.FailedPrecondition, "invalid_tick");
        odd.Instrument = "b999:1";
        (await node.CallAsync("Trading/PlaceOrder", odd, OrderReply.Parser)).Expect(GrpcCode.NotFound, "not_found");
    }
}
