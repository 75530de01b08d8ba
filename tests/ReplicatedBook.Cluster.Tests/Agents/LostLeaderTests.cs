using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Faults;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Agents;

/// <summary>Goal: agents trade on when the leader dies, and nothing of theirs is lost or doubled. Method: real nodes
/// and agents; the log is read for what the agents really did.</summary>
public sealed class LostLeaderTests
{
    private const int Some = 6;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Quotes_are_two_again_and_slices_add_up_to_the_total()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        await SpotMarket.OpenAsync(cluster.Client);
        var (making, slicing) = (await OpenAccountAsync(cluster), await OpenAccountAsync(cluster));
        await using var maker = Start(
            cluster, making,
            "market-maker --mid-price 100 --spread 1 --quantity 5 --tick-millis 100 --base-deposit 100000 "
                + "--quote-deposit 100000");
        await maker.WaitAsync("placed", Some);
        await using var twap = Start(
            cluster, slicing,
            "twap --side bid --order-type ioc --price 101 --total-quantity 98 --slices 20 "
                + "--slice-interval-millis 100 --cycle-pause-millis 3600000 --quote-deposit 100000");
        await twap.WaitAsync("placed", 3);

        var leader = await cluster.LeaderAsync();
        await cluster.KillAsync(leader);
        var before = maker.Count("placed");
        await maker.WaitAsync("placed", before + Some);
        await twap.WaitAsync("complete", 1);
        var quoted = await TwoQuotesAsync(cluster);
        Assert.Equal(0, await twap.StopAsync());
        Assert.Equal(0, await maker.StopAsync());

        var book = (await cluster.Client.GetBookAsync(SpotMarket.Symbol, 100, 3, ReadOptions.Strong)).Require();
        Assert.Empty(book.Bids);
        Assert.Empty(book.Asks);
        var slices = (await AgentOrders.ReadAsync(cluster.Client, slicing)).Accepted;
        Assert.Equal(98m, slices.Sum(slice => slice.Quantity));
        Assert.Equal(slices.Count, slices.DistinctBy(slice => slice.Name).Count());
        var quotes = await AgentOrders.ReadAsync(cluster.Client, making);
        Assert.All(quotes.Open, open => Assert.True(open is { Bids: <= 1, Asks: <= 1 }, $"{open}"));
        Assert.Contains(quotes.Open, open => open.Index <= quoted && open is { Bids: 1, Asks: 1 });
        Assert.True(twap.Count("filled") > 0, "nothing was traded");
    }

    [Fact]
    public async Task An_agent_waits_for_a_cluster_that_is_not_there_and_takes_over_what_it_left()
    {
        await using var cluster = await ClusterProcesses.StartAsync(1);
        await SpotMarket.OpenAsync(cluster.Client);
        var account = await OpenAccountAsync(cluster);
        const string Maker = "market-maker --mid-price 100 --spread 1 --quantity 5 --tick-millis 100 --timeout 1 "
            + "--base-deposit 100 --quote-deposit 1000";
        await using (var killed = Start(cluster, account, Maker))
        {
            await killed.WaitAsync("placed", Some);
        }

        await cluster.KillAsync("n1");
        await using var maker = Start(cluster, account, Maker);
        await maker.WaitAsync("waiting", 1);
        cluster.Start("n1");
        await maker.WaitAsync("placed", Some);
        await TwoQuotesAsync(cluster);

        var balances = (await cluster.Client.GetBalancesAsync(account, ReadOptions.Strong)).Require().Items;
        Assert.Equal(["BTC 100.00", "USD 1000.00"], balances.Select(has => $"{has.Asset} {has.Total}").Order());
        Assert.Equal(0, await maker.StopAsync());
        Assert.Equal("stopped", maker.Told[^1].GetProperty("event").GetString());
    }

    private static async Task<string> OpenAccountAsync(ClusterProcesses cluster) =>
        (await cluster.Client.CreateAccountAsync(new())).Require().AccountId;

    private static AgentProcess Start(ClusterProcesses cluster, string account, string agent) => AgentProcess.Start(
    [
        "agent", "run", .. agent.Split(' '), "--instrument", SpotMarket.Symbol, "--account", account,
        "--endpoint", string.Join(',', cluster.Endpoints.Select(endpoint => endpoint.Authority)),
    ]);

    /// <summary>Waits until the book is one order on each side; its index.</summary>
    private static async Task<long> TwoQuotesAsync(ClusterProcesses cluster)
    {
        var found = await Patience.UntilAsync(
            async () =>
            {
                var read = await cluster.Client.GetBookAsync(SpotMarket.Symbol, 100, 3, ReadOptions.Strong);
                return read.Value is { Bids.Count: 1, Asks.Count: 1 } book ? book : null;
            },
            Limit, () => "the book never was two orders");
        return found.Index;
    }
}
