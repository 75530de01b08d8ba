using System.Collections.Concurrent;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Goal: whoever stands still harms nobody, himself included. Method: a replica's thread, or the thread that
/// writes snapshots, is held until the others have gone far enough.</summary>
public sealed class StallTests
{
    /// <summary>Elections are suppressed after a stall of this process: the leader was not silent, this node was
    /// deaf.</summary>
    [Fact]
    public async Task A_follower_that_stood_still_for_many_election_timeouts_asks_for_no_vote()
    {
        var asked = new ConcurrentQueue<RequestVote>();
        await using var cluster = new RaftLogCluster();
        var leader = await cluster.LeaderAsync();
        var follower = cluster.Nodes.First(node => node != leader);
        await cluster.ProposeAsync(Commands.CreateAsset("USD", 2));
        var term = leader.Log.Status.Term;
        cluster.OnSend = message =>
        {
            if (message is RequestVote vote && message.From == follower.Id)
            {
                asked.Enqueue(vote);
            }
        };
        for (var round = 0; round < 5; round++)
        {
            using var mayGoOn = new ManualResetEventSlim();
            var standing = Task.Run(async () =>
            {
                while (!(await follower.Reader.ReadAsync(_ => TryWait(mayGoOn), default)).Value)
                {
                }
            });
            await RaftLogCluster.UntilAsync(() => SilenceOf(follower, leader) > TimeSpan.FromSeconds(1));
            mayGoOn.Set();
            await standing;
            var proposal = await cluster.ProposeAsync(Commands.CreateAsset($"A{round}", 2));
            await follower.Reader.WaitAppliedAsync(proposal.Index, default);
            await RaftLogCluster.UntilAsync(() => SilenceOf(follower, leader) < TimeSpan.FromSeconds(0.2));
        }

        // A busy machine may hold up the leader, too; then there was reason to ask, and the leader is another.
        Assert.True(asked.IsEmpty || leader.Log.Status.Term > term, string.Join('\n', asked));
    }

    [Fact]
    [Trait("Scenario", "61 snapshot_build_does_not_block_apply_or_append")]
    public async Task A_snapshot_that_takes_long_holds_up_neither_the_log_nor_the_books()
    {
        using var mayGoOn = new ManualResetEventSlim(); // Outlives the cluster, whose disks wait for it.
        var (disks, held) = (new List<WatchedDisk>(), 0);
        var options = new ReplicaOptions { Raft = null!, SnapshotEveryEntries = 50, KeepEntries = 10 };
        await using var cluster = new RaftLogCluster(_ => Watched(), options);
        await cluster.LeaderAsync();
        await RaftLogCluster.UntilAsync(() => cluster.Nodes.All(node =>
            node.Log.Status.Wholeness == Wholeness.Whole));
        disks.ForEach(disk => disk.BeforeSync = Hold);
        try
        {
            await DepositAsync(60);
            await RaftLogCluster.UntilAsync(() => Volatile.Read(ref held) == 3);
            var last = await DepositAsync(200);
            foreach (var node in cluster.Nodes)
            {
                await node.Reader.WaitAppliedAsync(last.Index, default);
                Assert.Equal(last.Digest, (await node.Reader.ReadAtAsync(last.Index, _ => 0, default))!.Value.Digest);
                Assert.Equal(0, node.Log.Status.SnapshotIndex);
            }
        }
        finally
        {
            mayGoOn.Set();
        }

        await RaftLogCluster.UntilAsync(() => cluster.Nodes.All(node => node.Log.Status.SnapshotIndex >= 50));

        WatchedDisk Watched()
        {
            var disk = new WatchedDisk(new DurableDisk());
            disks.Add(disk);
            return disk;
        }

        void Hold()
        {
            if (Thread.CurrentThread.Name == "snapshots" && !mayGoOn.IsSet)
            {
                Interlocked.Increment(ref held);
                mayGoOn.Wait();
            }
        }

        async Task<Proposal> DepositAsync(int count)
        {
            Proposal last = null!;
            for (var i = 0; i < count; i++)
            {
                last = await cluster.ProposeAsync(Commands.CreateAsset($"A{count}.{i}", 2));
            }

            return last;
        }
    }

    /// <summary>Holds the turn. Here all nodes share a process, so it may be run by the thread of the leader, which has
    /// just sent something: to hold that would stall the leader instead.</summary>
    private static bool TryWait(ManualResetEventSlim mayGoOn)
    {
        var mayWait = Thread.CurrentThread.IsThreadPoolThread;
        if (mayWait)
        {
            mayGoOn.Wait();
        }

        return mayWait;
    }

    /// <summary>How long the leader has not heard of a follower, as the leader counts time.</summary>
    private static TimeSpan SilenceOf(LogNode follower, LogNode leader) =>
        leader.Log.Status.Peers.FirstOrDefault(peer => peer.Node == follower.Id)?.LastContact ?? TimeSpan.MaxValue;
}
