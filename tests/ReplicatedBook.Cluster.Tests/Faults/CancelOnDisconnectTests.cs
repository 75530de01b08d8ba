using ReplicatedBook.Client;
using ReplicatedBook.Client.Streaming;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: orders that are to go with their connection go when the node of the connection dies, whether it led
/// or not, and no others do. Method: real processes, connections to two of them; one of these is killed.</summary>
public sealed class CancelOnDisconnectTests
{
    private const string Canceled = "canceled";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Orders_go_with_the_node_of_their_connection(bool isLeader)
    {
        await using var cluster = await ClusterProcesses.StartAsync(flags: "--Sessions:Lease=00:00:01");
        await cluster.WaitFeatureLevelAsync();
        await SpotMarket.OpenAsync(cluster.Client);
        var account = (await cluster.Client.CreateAccountAsync(new())).Require().AccountId;
        (await cluster.Client.DepositAsync(account, new() { Asset = "USD", Amount = "1000.00" })).Require();
        var leader = await cluster.LeaderAsync();
        var lost = isLeader ? leader : cluster.Names.First(name => name != leader);
        var kept = cluster.Names.First(name => name != leader && name != lost);

        await using var onLost = await OpenAsync(cluster, lost);
        await using var onKept = await OpenAsync(cluster, kept);
        await onLost.CancelOnDisconnectAsync(TimeSpan.Zero);
        await onKept.CancelOnDisconnectAsync(TimeSpan.Zero);
        var gone = await PlaceAsync(onLost, account);
        var stays = await PlaceAsync(onKept, account);
        var plain = (await cluster.Client.PlaceOrderAsync(Order(account))).Require().Order.OrderId;
        await cluster.KillAsync(lost);

        var order = await Patience.UntilAsync(
            async () => await FindAsync(cluster, gone) is { Status: Canceled } found ? found : null, Limit,
            () => "the order of the lost connection is still open");

        Assert.Equal("session_ended", order.Reason);
        Assert.Equal("open", (await FindAsync(cluster, stays))!.Status);
        Assert.Equal("open", (await FindAsync(cluster, plain))!.Status);
        await onKept.DisposeAsync();
        await Patience.UntilAsync(
            async () => await FindAsync(cluster, stays) is { Status: Canceled } found ? found : null, Limit,
            () => "the order of the closed connection is still open");
        Assert.Equal("open", (await FindAsync(cluster, plain))!.Status);
    }

    private static async Task<OrderSocket> OpenAsync(ClusterProcesses cluster, string name)
    {
        using var client = cluster.At(name);
        return await client.OpenOrderSocketAsync();
    }

    private static async Task<string> PlaceAsync(OrderSocket socket, string account) =>
        (await socket.PlaceAsync(Order(account))).Require().Order.OrderId;

    private static PlaceOrderRequest Order(string account) => new()
    {
        AccountId = account,
        ClientOrderId = ReplicatedBookClient.NewKey(),
        Instrument = SpotMarket.Symbol,
        Side = "buy",
        Type = "limit",
        Price = "1.00",
        Quantity = "1",
    };

    private static async Task<OrderState?> FindAsync(ClusterProcesses cluster, string order) =>
        (await cluster.Client.GetOrderAsync(OrderName.ById(order), ReadOptions.Strong)).Value?.Order;
}
