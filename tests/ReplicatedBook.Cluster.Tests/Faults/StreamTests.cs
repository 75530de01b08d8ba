using ReplicatedBook.Client;
using ReplicatedBook.Client.Streaming;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: who follows a market misses nothing and sees nothing twice, whichever nodes are lost. Method: real
/// processes under load; five times the node that is followed ends, by turns in good order and as by a crash.</summary>
public sealed class StreamTests
{
    private const int Some = 100;
    private const string Book = $"book:{SpotMarket.Symbol}?depth=0";
    private const string Trades = $"trades:{SpotMarket.Symbol}";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Five_lost_nodes_leave_no_gap_and_no_duplicate()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        var traffic = await Traffic.StartAsync(cluster);
        using var client = new ReplicatedBookClient(cluster.Endpoints);
        using var ended = new CancellationTokenSource();
        var stream = client.Follow([Book, Trades], fromIndex: null);
        var follower = new Follower(stream);
        var following = follower.RunAsync(ended.Token);
        for (var round = 0; round < 5; round++)
        {
            await ProgressAsync(follower);
            var lost = cluster.Names.Single(name => cluster.Endpoint(name) == stream.Endpoint);
            await (round % 2 == 0 ? cluster.StopAsync(lost) : cluster.KillAsync(lost));
            await ProgressAsync(follower);
            cluster.Start(lost);
            await cluster.WaitReadyAsync();
        }

        await traffic.StopAsync();
        var book = await Patience.UntilAsync(
            async () =>
            {
                var read = await client.GetBookAsync(SpotMarket.Symbol, 1_000, 2, ReadOptions.Strong);
                return read.Value is { } value && value.Checksum == follower.Checksum ? value : null;
            },
            Limit, () => $"the book of the stream is at index {follower.Index}");
        var trades = (await client.GetTradesAsync(SpotMarket.Symbol, 1, ReadOptions.Strong)).Value!;
        await Patience.UntilAsync(
            () => Task.FromResult(follower.LastTrade == trades.Items[0].TradeId ? follower : null), Limit,
            () => $"the last trade of the stream is {follower.LastTrade}");
        await ended.CancelAsync();
        await following;

        Assert.True(stream.Resumptions >= 5, $"{stream.Resumptions} resumptions");
        Assert.Empty(follower.Faults);
        Assert.Equal(book.Bids.Select(level => (level.Price, level.Quantity)), follower.Bids);
        Assert.Equal(book.Asks.Select(level => (level.Price, level.Quantity)), follower.Asks);
    }

    private static async Task ProgressAsync(Follower follower)
    {
        var wanted = follower.Messages + Some;
        await Patience.UntilAsync(
            () => Task.FromResult(follower.Messages >= wanted ? follower : null), Limit,
            () => $"{follower.Messages} of {wanted} messages");
    }
}
