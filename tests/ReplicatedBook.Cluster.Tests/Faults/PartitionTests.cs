using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Cluster.Tests.Chaos.Links;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: a cut-off node tells no lies and does no harm. Method: real processes, links through proxies that
/// swallow everything.</summary>
public sealed class PartitionTests
{
    // Long enough that a busy machine alone does not cause an election.
    private const string Patient = "--Raft:ElectionTimeout=00:00:01.5";

    [Fact]
    [Trait("Scenario", "74 partitioned_leader_cannot_serve_strong_read")]
    public async Task A_cut_off_leader_serves_no_strong_read_and_takes_no_write()
    {
        await using var linked = await LinkedCluster.StartAsync();
        var cluster = linked.Cluster;
        (await cluster.Client.CreateAssetAsync(Asset("USD"))).Require();
        var deposed = await cluster.LeaderAsync();
        linked.Isolate(deposed);
        await cluster.LeaderAsync(except: deposed);
        var others = cluster.Client.At(cluster.Endpoint(linked.Others(deposed)[0]), TimeSpan.FromSeconds(10));
        (await others.CreateAssetAsync(Asset("BTC"))).Require();

        var strong = await cluster.At(deposed).ListAssetsAsync(ReadOptions.Strong);
        var weak = await cluster.At(deposed).ListAssetsAsync(ReadOptions.Weak);
        var write = await cluster.At(deposed).CreateAssetAsync(Asset("EUR"));

        Assert.Equal(ReadKind.Unavailable, strong.Kind);
        Assert.NotNull(strong.Problem);
        Assert.Equal(["USD"], weak.Require().Items.Select(asset => asset.Asset));
        Assert.False(write.IsCommitted);
        Assert.NotNull(write.Problem);

        linked.Links.Heal();
        await cluster.WaitReadyAsync();
        var healed = (await cluster.At(deposed).ListAssetsAsync(ReadOptions.Strong)).Require();
        Assert.Equal(["BTC", "USD"], healed.Items.Select(asset => asset.Asset).Order());
    }

    [Fact]
    [Trait("Scenario", "75 follower_read_confirms_quorum")]
    public async Task A_cut_off_follower_serves_weak_reads_only()
    {
        await using var linked = await LinkedCluster.StartAsync();
        var cluster = linked.Cluster;
        (await cluster.Client.CreateAssetAsync(Asset("USD"))).Require();
        await cluster.WaitEqualAsync();
        var leader = await cluster.LeaderAsync();
        var follower = linked.Others(leader)[0];
        linked.Isolate(follower);

        Assert.Equal(ReadKind.Unavailable, (await cluster.At(follower).ListAssetsAsync(ReadOptions.Strong)).Kind);
        Assert.Equal("USD", (await cluster.At(follower).ListAssetsAsync(ReadOptions.Weak)).Require().Items[0].Asset);
    }

    [Fact]
    [Trait("Scenario", "39 deposed_leader_releases_all_waiters_fast")]
    [Trait("FieldReport", "deposed leader hangs and all calls to it time out")]
    public async Task A_deposed_leader_answers_all_who_wait_for_it()
    {
        await using var linked = await LinkedCluster.StartAsync();
        var cluster = linked.Cluster;
        (await cluster.Client.CreateAssetAsync(Asset("USD"))).Require();
        var deposed = await cluster.LeaderAsync();
        linked.Isolate(deposed);
        var node = cluster.At(deposed);
        var waiting = Enumerable.Range(0, 100)
            .Select(i => node.CreateAccountAsync(new() { Label = $"waiting {i}" })).ToArray();

        foreach (var outcome in await Task.WhenAll(waiting))
        {
            Assert.False(outcome.IsCommitted);
            Assert.True(outcome.Problem is not null, outcome.Describe()); // The node's own word, not a silence.
        }
    }

    [Fact]
    [Trait("Scenario", "13 rejoining_partitioned_node_does_not_disrupt")]
    public async Task A_follower_that_comes_back_from_a_partition_deposes_nobody()
    {
        await using var linked = await LinkedCluster.StartAsync(3, Patient);
        var cluster = linked.Cluster;
        var leader = await cluster.LeaderAsync();
        var before = (await cluster.At(leader).GetNodeAsync()).Require();
        var follower = linked.Others(leader)[0];
        linked.Isolate(follower);
        await Processes.Patience.UntilAsync(
            async () => (await cluster.At(follower).GetNodeAsync()).Require().Role == "candidate" ? this : null,
            TimeSpan.FromSeconds(30), () => "the cut-off node never campaigns");

        linked.Links.Heal();
        await cluster.WaitReadyAsync();
        (await cluster.Client.CreateAssetAsync(Asset("USD"))).Require();
        var after = (await cluster.At(leader).GetNodeAsync()).Require();
        Assert.Equal(("leader", before.Term), (after.Role, after.Term));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Scenario", "17 one_way_isolation_no_livelock")]
    public async Task A_leader_that_is_cut_off_one_way_does_not_stop_the_others(bool isMute)
    {
        await using var linked = await LinkedCluster.StartAsync();
        var cluster = linked.Cluster;
        var leader = await cluster.LeaderAsync();
        if (isMute)
        {
            linked.Links.SetAll([leader], linked.Others(leader), LinkMode.Drop);
        }
        else
        {
            linked.Links.SetAll(linked.Others(leader), [leader], LinkMode.Drop);
        }

        await cluster.LeaderAsync(except: leader);
        var other = cluster.Client.At(cluster.Endpoint(linked.Others(leader)[0]), TimeSpan.FromSeconds(20));
        (await other.CreateAssetAsync(Asset("USD"))).Require();
        linked.Links.Heal();
        await cluster.WaitReadyAsync();
        await cluster.WaitEqualAsync();
    }

    [Fact]
    [Trait("FieldReport", "production stall after a dropped replication round")]
    public async Task Replication_goes_on_after_every_lost_round()
    {
        await using var linked = await LinkedCluster.StartAsync();
        var cluster = linked.Cluster;
        var traffic = await Traffic.StartAsync(cluster);
        for (var round = 0; round < 10; round++)
        {
            await traffic.ProgressAsync(50);
            linked.Links.SetBetween(cluster.Names, cluster.Names, LinkMode.Drop);
            linked.Links.Heal(); // What was on its way is lost, and its connections with it.
        }

        await traffic.ProgressAsync(50);
        await traffic.StopAsync();
        await Judgement.PassAsync(cluster, traffic);
    }

    private static CreateAssetRequest Asset(string name) => new() { Asset = name, Scale = 2 };
}
