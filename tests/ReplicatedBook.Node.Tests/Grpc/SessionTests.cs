using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Grpc.Protocol;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Goal: a session carries out what is sent without waiting for replies, and every request has exactly one
/// reply. Method: sessions on a node, each kind of request well and badly.</summary>
public sealed class SessionTests(GrpcFixture node) : IClassFixture<GrpcFixture>
{
    private const string Path = "/replicatedbook.v1.Trading/Session";

    [Fact]
    public async Task A_thousand_orders_sent_at_once_have_a_reply_each()
    {
        const int Orders = 3_000;
        var account = await node.NewAccountAsync();
        await using var session = await OpenAsync();
        var sending = Task.Run(async () =>
        {
            for (var i = 1; i <= Orders; i += 100)
            {
                await session.SendAsync([.. Enumerable.Range(i, 100).Select(tag => Place(
                    (ulong)tag, GrpcFixture.Limit(account, Side.Buy, 1_00 + (tag % 50), 1)))]);
            }

            session.End();
        });

        var tags = new HashSet<ulong>();
        var orders = new HashSet<ulong>();
        while (await session.NextAsync() is { } reply)
        {
            Assert.Null(reply.Error);
            Assert.True(tags.Add(reply.Tag));
            Assert.True(orders.Add(reply.Order.Order.OrderId));
            Assert.True(reply.Order.Receipt.Index > 0);
        }

        await sending;
        Assert.Equal((Orders, GrpcCode.Ok), (tags.Count, (await session.EndAsync()).Status));
    }

    [Fact]
    public async Task Every_kind_of_request_has_its_reply()
    {
        var account = await node.NewAccountAsync();
        await using var session = await OpenAsync();
        await session.SendAsync(
            new SessionRequest { Tag = 1, Open = new OpenSession() },
                new SessionRequest { Tag = 2, Ping = new Ping() });
        Assert.True((await session.ReadAsync()).Opened.MaxUnderWay > 0);
        Assert.NotNull((await session.ReadAsync()).Pong);

        await session.SendAsync(Place(3, GrpcFixture.Limit(account, Side.Buy, 5_00, 10)));
        var placed = (await session.ReadAsync()).Order.Order;
        Assert.Equal((OrderStatus.Open, 10L, account), (placed.Status, placed.RemainingLots, placed.AccountId));
        await session.SendAsync(new SessionRequest
        {
            Tag = 4,
            Amend = new AmendOrderRequest { OrderId = placed.OrderId, Instrument = GrpcFixture.Symbol, QtyLots = 7 },
        });
        Assert.Equal(7L, (await session.ReadAsync()).Order.Order.QtyLots);
        await session.SendAsync(Cancel(5, placed.OrderId, GrpcFixture.Symbol));
        Assert.Equal(OrderStatus.Canceled, (await session.ReadAsync()).Order.Order.Status);
        await session.SendAsync(Cancel(6, placed.OrderId, ""));
        Assert.Equal(("order_not_open", "rejected"), Error(await session.ReadAsync()));

        await session.SendAsync(new SessionRequest
        {
            Tag = 7,
            Batch = new PlaceBatchRequest { Orders = { GrpcFixture.Limit(account, Side.Buy, 5_00, 10) } },
        });
        Assert.Single((await session.ReadAsync()).Batch.Results);
        await session.SendAsync(
            new SessionRequest { Tag = 8, CancelAll = new CancelAllRequest { AccountId = account } });
        Assert.Equal(1u, (await session.ReadAsync()).Canceled.Canceled);
        session.End();
        Assert.Equal(GrpcCode.Ok, (await session.EndAsync()).Status);
    }

    [Fact]
    public async Task A_refusal_is_a_reply_and_the_session_goes_on()
    {
        var account = await node.NewAccountAsync();
        await using var session = await OpenAsync();
        async Task<(string, string)> Refused(SessionRequest request)
        {
            await session.SendAsync(request);
            var reply = await session.ReadAsync();
            Assert.Equal(request.Tag, reply.Tag);
            return Error(reply);
        }

        Assert.Equal(
            ("missing_field", "not_executed"), await Refused(Place(1, GrpcFixture.Limit(account, Side.Buy, 0, 10))));
        Assert.Equal(
            ("insufficient_funds", "rejected"),
            await Refused(Place(2, GrpcFixture.Limit(account, Side.Buy, 1_000_000_00, 1_000_000))));
        var unknown = GrpcFixture.Limit(account, Side.Buy, 1_00, 10);
        unknown.Instrument = "NONE";
        Assert.Equal(("not_found", "not_executed"), await Refused(Place(3, unknown)));
        Assert.Equal(("not_found", "rejected"), await Refused(Cancel(4, 99_999_999, GrpcFixture.Symbol)));
        Assert.Equal(("malformed_request", "not_executed"), await Refused(new SessionRequest { Tag = 5 }));
        Assert.Equal(
            ("malformed_request", "not_executed"),
                await Refused(new SessionRequest { Tag = 6, Open = new OpenSession() }));
        await session.SendAsync(Place(7, GrpcFixture.Limit(account, Side.Buy, 1_00, 10)));
        Assert.Equal(OrderStatus.Open, (await session.ReadAsync()).Order.Order.Status);
    }

    [Fact]
    public async Task Orders_that_come_together_share_an_entry_and_each_has_its_own_result()
    {
        var (account, other) = (await node.NewAccountAsync(), await node.NewAccountAsync());
        await using var session = await OpenAsync();

        await session.SendAsync([
            Place(1, GrpcFixture.Limit(account, Side.Buy, 1_00, 1)),
            Place(2, GrpcFixture.Limit(account, Side.Buy, 900_000_00, 100_000)), // More than the account has.
            Place(3, GrpcFixture.Limit(account, Side.Buy, 2_00, 1)),
            Place(4, GrpcFixture.Limit(account, Side.Buy, 3_00, 1, "named")),
            Place(5, GrpcFixture.Limit(account, Side.Buy, 3_00, 1, "named")),
            Place(6, GrpcFixture.Limit(other, Side.Buy, 4_00, 1, "also-named")),
            new SessionRequest { Tag = 7, Ping = new Ping() },
            Place(8, GrpcFixture.Limit(other, Side.Buy, -4_00, 1))]);
        session.End();

        var replies = new SortedDictionary<ulong, SessionReply>();
        while (await session.NextAsync() is { } reply)
        {
            replies.Add(reply.Tag, reply);
        }

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], replies.Keys.Select(tag => (int)tag));
        Assert.Equal(("insufficient_funds", "rejected"), Error(replies[2]));
        Assert.Equal(("invalid_field", "not_executed"), Error(replies[8]));
        Assert.Equal(Index(1), Index(3));
        Assert.Equal(Index(4), Index(5));
        Assert.Equal(3, new[] { Index(1), Index(4), Index(6) }.Distinct().Count());
        Assert.Equal((1_00, 2_00, 3_00), (Order(1).PriceTicks, Order(3).PriceTicks, Order(4).PriceTicks));
        Assert.True(Order(1).OrderId < Order(3).OrderId);
        Assert.Equal(Order(4).OrderId, Order(5).OrderId);

        ulong Index(ulong tag) => replies[tag].Order.Receipt.Index;
        Order Order(ulong tag) => replies[tag].Order.Order;
    }

    [Fact]
    public async Task Without_acknowledgements_only_refusals_are_heard()
    {
        var account = await node.NewAccountAsync();
        await using var session = await OpenAsync();
        await session.SendAsync(new SessionRequest { Tag = 1, Open = new OpenSession { NoAck = true } });
        Assert.NotNull((await session.ReadAsync()).Opened);
        await session.SendAsync(
            Place(2, GrpcFixture.Limit(account, Side.Buy, 1_00, 10)),
            Place(3, GrpcFixture.Limit(account, Side.Buy, 0, 10)),
            Place(4, GrpcFixture.Limit(account, Side.Buy, 1_00, 10)));
        session.End();
        Assert.Equal(3ul, (await session.ReadAsync()).Tag);
        Assert.Equal(GrpcCode.Ok, (await session.EndAsync()).Status);
        var canceled = await node.CallAsync(
            "Trading/CancelAll", new CancelAllRequest { AccountId = account }, CancelAllReply.Parser);
        Assert.Equal(2u, canceled.Ok().Canceled);
    }

    [Fact]
    public async Task A_broken_frame_ends_the_session_after_what_came_before_it()
    {
        var account = await node.NewAccountAsync();
        await using var session = await OpenAsync();
        await session.SendAsync(Place(1, GrpcFixture.Limit(account, Side.Buy, 1_00, 10)));
        await session.SendBytesAsync([9, 0, 0, 0, 0]);
        Assert.Equal(1ul, (await session.ReadAsync()).Tag);
        var (status, trailers) = await session.EndAsync();
        Assert.Equal((GrpcCode.InvalidArgument, "malformed_request"), (status, trailers["rb-code"]));
    }

    [Fact]
    public async Task A_client_that_reads_no_replies_is_not_read_either_and_loses_none()
    {
        const int Orders = 20_000;
        var account = await node.NewAccountAsync();
        await using var session = await OpenAsync();
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Orders; i += 500)
            {
                await session.SendAsync([.. Enumerable.Range(i, 500).Select(tag => new SessionRequest
                {
                    Tag = (ulong)tag,
                    Place = GrpcFixture.Limit(account, Side.Buy, 0, 1, $"a-long-name-of-an-order-{tag}"),
                })]);
            }

            session.End();
        });

        var count = 0;
        while (await session.NextAsync() is not null)
        {
            count++;
        }

        await sending;
        Assert.Equal(Orders, count);
    }

    [Fact]
    public async Task What_does_not_fit_at_once_is_carried_out_after_the_client_has_ended_its_side()
    {
        const int Orders = 1_000;
        await using var narrow = new NarrowSessions();
        await narrow.InitializeAsync();
        var account = await narrow.NewAccountAsync();
        await using var session = await narrow.Client.OpenAsync(Path, null, SessionReply.Parser);

        await session.SendAsync([.. Enumerable.Range(1, Orders).Select(tag => Place(
            (ulong)tag, GrpcFixture.Limit(account, Side.Buy, 1_00, 1)))]);
        session.End();

        var tags = new List<ulong>();
        while (await session.NextAsync() is { } reply)
        {
            tags.Add(reply.Tag);
        }

        Assert.Equal(Enumerable.Range(1, Orders), tags.Select(tag => (int)tag));
    }

    [Fact]
    public async Task Orders_of_a_session_are_canceled_when_it_is_lost_if_it_asked_for_that()
    {
        var account = await node.NewAccountAsync();
        var kept = await node.PlaceAsync(GrpcFixture.Limit(account, Side.Buy, 1_00, 3));
        var (orders, session) = (new List<ulong>(), await OpenAsync());
        await session.SendAsync(
            new SessionRequest { Tag = 1, Open = new OpenSession { CancelOnDisconnect = true, GraceMs = 100_000 } });
        Assert.Equal(("invalid_field", "not_executed"), Error(await session.ReadAsync()));
        await session.DisposeAsync();
        session = await OpenAsync();
        await session.SendAsync(new SessionRequest { Tag = 1, Open = new OpenSession { CancelOnDisconnect = true } });
        Assert.NotNull((await session.ReadAsync()).Opened);
        var iceberg = GrpcFixture.Limit(account, Side.Buy, 1_00, 20);
        iceberg.DisplayLots = 5;
        await session.SendAsync(
            Place(2, GrpcFixture.Limit(account, Side.Buy, 1_00, 10)), Place(3, iceberg),
            new SessionRequest
            {
                Tag = 4,
                Batch = new PlaceBatchRequest { Orders = { GrpcFixture.Limit(account, Side.Buy, 1_00, 30) } },
            });
        for (var i = 0; i < 3; i++)
        {
            var reply = await session.ReadAsync();
            orders.Add((reply.Order?.Order ?? reply.Batch.Results[0].Order).OrderId);
        }

        await session.DisposeAsync();
        foreach (var order in orders)
        {
            await UntilCanceledAsync(order);
        }

        var left = await node.CallAsync(
            "Trading/GetOrder", new GetOrderRequest { OrderId = kept.Order.OrderId }, OrderReply.Parser);
        Assert.Equal(OrderStatus.Open, left.Ok().Order.Status);
    }

    private async Task UntilCanceledAsync(ulong order)
    {
        using var patience = new CancellationTokenSource(Running.TestClient.Patience);
        while ((await node.CallAsync("Trading/GetOrder", new GetOrderRequest { OrderId = order }, OrderReply.Parser))
            .Ok().Order.Status != OrderStatus.Canceled)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private Task<GrpcTestStream<SessionReply>> OpenAsync() =>
        node.Client.OpenAsync(Path, null, SessionReply.Parser);

    private static SessionRequest Place(ulong tag, PlaceOrderRequest order) => new() { Tag = tag, Place = order };

    private static SessionRequest Cancel(ulong tag, ulong order, string instrument) => new()
    {
        Tag = tag,
        Cancel = new CancelOrderRequest { OrderId = order, Instrument = instrument },
    };

    private static (string Code, string Outcome) Error(SessionReply reply) => (reply.Error.Code, reply.Error.Outcome);

    private sealed class NarrowSessions : GrpcFixture
    {
        protected override string[] Settings => ["--Grpc:MaxSessionCommands=1"];
    }
}
