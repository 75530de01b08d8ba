using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Node.Tests.WebSocket;

namespace ReplicatedBook.Node.Tests.Streaming;

/// <summary>Goal: what the SDK says of orders sent over a connection is what became of them. Method: each call against
/// a node, and calls on a connection that ends.</summary>
public sealed class OrderSocketTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Orders_are_placed_amended_and_cancelled()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        using var client = new ReplicatedBookClient([node.Client.Http.BaseAddress!]);
        await using var socket = await client.OpenOrderSocketAsync(TestContext.Current.CancellationToken);

        var order = Order(account, symbol, "100.00") with { ClientOrderId = "o1" };
        var placed = (await socket.PlaceAsync(order)).Require();
        var amended = (await socket.AmendAsync(placed.Order.OrderId, new() { Quantity = "0.5" })).Require();
        var cancelled = (await socket.CancelAsync(OrderName.ByClientId("o1", account))).Require();
        var batch = (await socket.PlaceBatchAsync(
            new() { Orders = [Order(account, symbol, "90.00"), Order(account, symbol, "91.00")] })).Require();
        var all = (await socket.CancelAllAsync(account, symbol, "buy")).Require();
        var gone = await socket.CancelAsync(OrderName.ById(placed.Order.OrderId));
        var bad = await socket.PlaceAsync(Order(account, symbol, "0.001"));

        Assert.Equal(("0.5000", "canceled"), (amended.Order.Quantity, cancelled.Order.Status));
        Assert.Equal((2, 2), (batch.Results.Count, all.Canceled));
        Assert.Equal((OutcomeKind.Rejected, "order_not_open"), (gone.Kind, gone.Problem?.Code));
        Assert.Equal((OutcomeKind.Rejected, "invalid_tick"), (bad.Kind, bad.Problem?.Code));
    }

    [Fact]
    public async Task What_is_not_answered_when_the_connection_ends_is_unknown_and_what_comes_after_it_is_not_sent()
    {
        await using var stopping = await TestNode.StartReadyAsync("--Limits:MaxCommandWait=00:00:30");
        await stopping.WaitForFeatureLevelAsync();
        var account = await SocketFlowTests.OpenMarketAsync(stopping.Client);
        using var client = new ReplicatedBookClient([stopping.Client.Http.BaseAddress!]);
        await using var socket = await client.OpenOrderSocketAsync(TestContext.Current.CancellationToken);
        var sent = Enumerable.Range(0, 500)
            .Select(_ => socket.PlaceAsync(Order(account, "BTC-USD", "1.00"))).ToList();

        await stopping.StopAsync();
        var outcomes = await Task.WhenAll(sent).WaitAsync(TestClient.Patience);

        Assert.All(outcomes, outcome => Assert.NotEqual(OutcomeKind.Rejected, outcome.Kind));
        Assert.Contains(outcomes, outcome => outcome.Kind is OutcomeKind.Unknown or OutcomeKind.NotExecuted);
        Assert.True(socket.IsLost);
        var late = await socket.PlaceAsync(Order(account, "BTC-USD", "1.00"));
        Assert.Equal(OutcomeKind.NotExecuted, late.Kind);
    }

    private static PlaceOrderRequest Order(string account, string symbol, string price) => new()
    {
        AccountId = account,
        Instrument = symbol,
        Side = "buy",
        Type = "limit",
        Price = price,
        Quantity = "1",
    };
}
