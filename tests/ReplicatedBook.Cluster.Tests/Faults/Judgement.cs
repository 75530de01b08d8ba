using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>What must hold after the faults: nothing acknowledged lost, nothing done twice, nodes equal, money
/// conserved.</summary>
internal static class Judgement
{
    public static async Task PassAsync(ClusterProcesses cluster, Traffic traffic)
    {
        Assert.Empty(traffic.Wrong);
        Assert.NotEmpty(traffic.Acknowledged);
        var index = await cluster.WaitEqualAsync(traffic.Acknowledged.Values.Max(order => order.CreatedIndex));
        foreach (var name in cluster.Running)
        {
            await AcceptedOnceAsync(cluster.At(name), name, traffic);
            await MoneyConservedAsync(cluster.At(name), traffic, index);
        }

        await EqualDigestsAsync(cluster);
    }

    /// <summary>The feed of every node shows each acknowledged order accepted once, at the index that the client was
    /// told.</summary>
    private static async Task AcceptedOnceAsync(ReplicatedBookClient node, string name, Traffic traffic)
    {
        var accepted = new Dictionary<string, (string OrderId, long Index)>();
        long from = 1, head;
        do
        {
            var page = (await node.GetFeedAsync(from, 1000)).Require();
            foreach (var item in page.Items.Where(item => item.Type == "order_accepted"))
            {
                var clientOrderId = item.Data.GetProperty("client_order_id").GetString()!;
                var isNew = accepted.TryAdd(
                    clientOrderId, (item.Data.GetProperty("order_id").GetString()!, item.Index));
                Assert.True(isNew, $"{name} accepted {clientOrderId} twice, again at {item.Index}");
            }

            (from, head) = (page.NextIndex, page.HeadIndex);
        }
        while (from <= head);

        foreach (var (clientOrderId, order) in traffic.Acknowledged)
        {
            Assert.True(accepted.TryGetValue(clientOrderId, out var found), $"{name} has lost {clientOrderId}");
            Assert.Equal((order.OrderId, order.CreatedIndex), found);
        }
    }

    private static async Task MoneyConservedAsync(ReplicatedBookClient node, Traffic traffic, long index)
    {
        var totals = new Dictionary<string, decimal>();
        foreach (var account in traffic.Accounts)
        {
            var balances = (await node.GetBalancesAsync(account, ReadOptions.Since(index))).Require();
            foreach (var balance in balances.Items)
            {
                var (total, available, reserved) = (Of(balance.Total), Of(balance.Available), Of(balance.Reserved));
                Assert.Equal(total, available + reserved);
                Assert.True(available >= 0 && reserved >= 0);
                totals[balance.Asset] = totals.GetValueOrDefault(balance.Asset) + total;
            }
        }

        Assert.Equal(traffic.Accounts.Count * Of(Traffic.Deposit), totals["USD"]);
        Assert.Equal(traffic.Accounts.Count * Of(Traffic.Deposit), totals["BTC"]);
    }

    private static async Task EqualDigestsAsync(ClusterProcesses cluster)
    {
        var consistency = (await cluster.Client.GetConsistencyAsync()).Require();
        Assert.True(consistency.Consistent);
        Assert.Equal(cluster.Running.Count(), consistency.Nodes.Count(node => node.Digest is not null));
    }

    private static decimal Of(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
