using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

public sealed class RaftReplicatedLogTests : ReplicatedLogContract
{
    internal override Task<ILogCluster> StartAsync() => Task.FromResult<ILogCluster>(new RaftLogCluster());

    [Fact]
    public async Task A_failed_sync_stops_the_node_which_never_acknowledges_again()
    {
        using var mayGoOn = new ManualResetEventSlim(); // Outlives the cluster, whose disks wait for it.
        var disks = new Dictionary<NodeId, WatchedDisk>();
        await using var cluster = new RaftLogCluster(id => disks[id] = new WatchedDisk(new DurableDisk()));
        var leader = await cluster.LeaderAsync();

        // Other writes of the leader may come first and must not fail; and the two others, which could commit without
        // the leader's disk, are to have nothing on theirs before it has failed.
        foreach (var (id, disk) in disks)
        {
            disk.BeforeSyncsFrom("WRITTEN"u8.ToArray(), id == leader.Id ? Fail : mayGoOn.Wait);
        }

        try
        {
            var proposal = await leader.Log.ProposeAsync(
                Commands.CreateAsset("WRITTEN", 2), ProposalWait.Applied, default);
            await RaftLogCluster.UntilAsync(() => cluster.Failures.ContainsKey(leader.Id));
            Assert.Equal(ProposalOutcome.Unknown, proposal.Outcome);
        }
        finally
        {
            mayGoOn.Set();
        }

        disks[leader.Id].BeforeSync = () => { };
        var after = await leader.Log.ProposeAsync(Commands.CreateAsset("EUR", 2), ProposalWait.Applied, default);

        Assert.Equal(ProposalOutcome.ShuttingDown, after.Outcome);
        Assert.IsType<IOException>(cluster.Failures[leader.Id], exactMatch: false);
        Assert.True(leader.Log.Status.HasFailed);
    }

    /// <summary>The replica's clock may come between some of them, so not every time; one by one, the first would
    /// always leave alone.</summary>
    [Fact]
    public async Task Proposals_made_together_leave_together()
    {
        const int Rounds = 20;
        const int Proposals = 8;
        var whole = 0;
        await using var cluster = new RaftLogCluster();
        var leader = await cluster.LeaderAsync();
        var follower = cluster.Nodes.First(node => node != leader).Id;
        cluster.OnSend = message =>
        {
            if (message is AppendEntries { Entries.Count: Proposals } && message.To == follower)
            {
                Interlocked.Increment(ref whole);
            }
        };
        for (var round = 0; round < Rounds; round++)
        {
            var asked = new List<Task<Proposal>>();
            leader.Log.ProposeTogether(() =>
            {
                for (var i = 0; i < Proposals; i++)
                {
                    asked.Add(leader.Log.ProposeAsync(
                        Commands.CreateAccount("x"), ProposalWait.Applied, default).AsTask());
                }
            });
            Assert.All(await Task.WhenAll(asked), one => Assert.Equal(ProposalOutcome.Applied, one.Outcome));
        }

        Assert.InRange(whole, (Rounds / 2) + 1, Rounds);
    }

    [Fact]
    public async Task The_others_go_on_when_one_disk_fails()
    {
        var disks = new Dictionary<NodeId, WatchedDisk>();
        await using var cluster = new RaftLogCluster(id => disks[id] = new WatchedDisk(new DurableDisk()));
        var leader = await cluster.LeaderAsync();
        disks[leader.Id].BeforeSync = Fail;
        _ = await leader.Log.ProposeAsync(Commands.CreateAsset("USD", 2, "k1"), ProposalWait.Applied, default);
        await RaftLogCluster.UntilAsync(() => cluster.Failures.ContainsKey(leader.Id));
        cluster.Stop(leader);

        var proposal = await cluster.ProposeAsync(Commands.CreateAsset("USD", 2, "k1"));

        // Whether the first attempt reached the others or not: the key makes it one effect and one answer.
        Assert.Equal(RejectReason.None, proposal.Applied.Reason);
        var assets = await (await cluster.LeaderAsync()).Reader.ReadAsync(exchange => exchange.Assets.Count, default);
        Assert.Equal(1, assets.Value);
    }

    [Fact]
    public async Task A_follower_that_is_too_far_behind_is_brought_back_by_a_snapshot()
    {
        var options = new ReplicaOptions { Raft = null!, SnapshotEveryEntries = 50, KeepEntries = 10 };
        await using var cluster = new RaftLogCluster(options: options);
        var leader = await cluster.LeaderAsync();
        var follower = cluster.Nodes.First(node => node != leader);
        cluster.Stop(follower);
        Proposal last = null!;
        for (var i = 0; i < 300; i++)
        {
            last = await cluster.ProposeAsync(Commands.CreateAsset($"A{i}", 2));
        }

        await RaftLogCluster.UntilAsync(() => leader.Log.Status.FirstLogIndex > 100);
        var back = cluster.Restart(follower.Id);
        await back.Reader.WaitAppliedAsync(last.Index, default);

        var hashes = new List<string>();
        foreach (var node in cluster.Nodes)
        {
            await node.Reader.WaitAppliedAsync(last.Index, default);
            hashes.Add(await HashAsync(node.Reader, last.Index));
        }

        Assert.Single(hashes.Distinct());
        Assert.True(back.Log.Status.SnapshotIndex > 0);
    }

    [Theory]
    [InlineData(40, true)] // Ten times as many are more than the 300 it lacks.
    [InlineData(10, false)]
    public async Task Entries_that_a_slow_follower_lacks_are_kept_within_a_bound(long keep, bool areKept)
    {
        using var mayGoOn = new ManualResetEventSlim(); // Outlives the cluster, whose disks wait for it.
        var disks = new Dictionary<NodeId, WatchedDisk>();
        var options = new ReplicaOptions
        {
            Raft = null!,
            SnapshotEveryEntries = 50,
            KeepEntries = keep,
        };
        await using var cluster = new RaftLogCluster(
            id => disks[id] = new WatchedDisk(new DurableDisk()), options: options);
        var leader = await cluster.LeaderAsync();
        var follower = cluster.Nodes.First(node => node != leader);
        disks[follower.Id].BeforeSync = mayGoOn.Wait;
        try
        {
            var held = follower.Log.Status.LastLogIndex;
            await Task.WhenAll(Enumerable.Range(0, 300).Select(i => cluster.ProposeAsync(
                Commands.CreateAsset($"A{i}", 2))));
            await RaftLogCluster.UntilAsync(() => leader.Log.Status.SnapshotIndex > held + 100);

            await RaftLogCluster.UntilAsync(() => areKept == (leader.Log.Status.FirstLogIndex <= held + 1));
        }
        finally
        {
            mayGoOn.Set();
        }

        await follower.Reader.WaitAppliedAsync(leader.Log.Status.CommitIndex, default);
    }

    [Fact]
    public async Task A_second_instance_on_the_same_directory_is_refused()
    {
        await using var cluster = new RaftLogCluster();
        var node = cluster.Nodes[0];

        Assert.Throws<DirectoryInUseException>(() => cluster.Restart(node.Id));
    }

    private static void Fail() => throw new IOException("sync failed: EIO (injected)");

    private static async Task<string> HashAsync(IReplicaReader reader, long index)
    {
        var reading = await reader.ReadAsync(
            exchange =>
            {
                var hash = new byte[Digest.Size];
                exchange.StateHash(hash);
                return Convert.ToHexString(hash);
            },
            default);
        Assert.Equal(index, reading.Index);
        return reading.Value;
    }
}
