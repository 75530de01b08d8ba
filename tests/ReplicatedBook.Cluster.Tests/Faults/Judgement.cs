using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>What must hold after the faults: nothing acknowledged lost, nothing done twice, nodes equal, money
/// conserved.</summary>
internal static class Judgement
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="cluster">Its running nodes are judged.</param>
    /// <param name="traffic">What clients were told.</param>
    /// <param name="others">Further members, which joined.</param>
    public static async Task PassAsync(
        ClusterProcesses cluster, Traffic traffic, params IReadOnlyList<Uri> others)
    {
        Assert.Empty(traffic.Wrong);
        Assert.NotEmpty(traffic.Acknowledged);
        var index = await cluster.WaitEqualAsync(traffic.Acknowledged.Values.Max(order => order.CreatedIndex));
        foreach (var name in cluster.Running)
        {
            await AcceptedOnceAsync(cluster.At(name), name, traffic, index);
            await MoneyConservedAsync(cluster.At(name), traffic, index);
        }

        foreach (var other in others)
        {
            await AcceptedOnceAsync(cluster.Client.At(other, Patience), other.Authority, traffic, index);
            await MoneyConservedAsync(cluster.Client.At(other, Patience), traffic, index);
        }

        await EqualDigestsAsync(cluster, others.Count);
    }

    /// <summary>The feed of every node shows each acknowledged order accepted once, at the index that the client was
    /// told.</summary>
    private static async Task AcceptedOnceAsync(
        ReplicatedBookClient node, string name, Traffic traffic, long index)
    {
        var accepted = new Dictionary<string, (string OrderId, long Index)>();
        (await node.GetBalancesAsync(traffic.Accounts[0], ReadOptions.Since(index))).Require();

        // What lies before a snapshot that the node was given is not in its feed; that its state came to the same is
        // what the digests say, which are chained over all entries.
        var first = (await node.GetFeedAsync(1, 1)).Problem?.OldestIndex ?? 1;
        long from = first, head;
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

        foreach (var (clientOrderId, order) in traffic.Acknowledged.Where(one => one.Value.CreatedIndex >= first))
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

    private static async Task EqualDigestsAsync(ClusterProcesses cluster, int others)
    {
        var consistency = (await cluster.Client.GetConsistencyAsync()).Require();
        Assert.True(consistency.Consistent);
        Assert.Equal(cluster.Running.Count() + others, consistency.Nodes.Count(node => node.Digest is not null));
    }

    private static decimal Of(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
