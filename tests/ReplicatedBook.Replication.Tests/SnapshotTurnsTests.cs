using Xunit;

namespace ReplicatedBook.Replication.Tests;

/// <summary>Goal: a snapshot that takes many turns is that of the entry it was begun after, and holds up nothing.
/// Method: two replicas apply the same; one writes a few items a turn, the other all at once.</summary>
public sealed class SnapshotTurnsTests
{
    private const int Every = 40;

    [Fact]
    public void Snapshot_written_over_many_turns_is_that_of_its_entry()
    {
        var (slow, fast) = (New(itemsPerTurn: 3), New(int.MaxValue));
        for (var i = 0; i < 20 * Every; i++)
        {
            Apply(slow);
            Apply(fast);
        }

        var all = fast.Taken.ToDictionary(one => one.Index, one => one.Hash);
        var mostTurns = slow.Taken.Zip(slow.Taken.Skip(1)).Max(pair => pair.Second.Turn - pair.First.Turn);
        Assert.Equal(20, all.Count);
        Assert.InRange(slow.Taken.Count, 3, 19); // While one is being written no other is begun.
        Assert.InRange(mostTurns, (2 * Every) + 1, int.MaxValue);
        Assert.All(slow.Taken, one => Assert.Equal(all[one.Index], one.Hash));
        Assert.Equal(fast.Replica.Digest, slow.Replica.Digest);
    }

    [Fact]
    public void Log_is_kept_until_the_snapshot_is_whole()
    {
        var slow = New(itemsPerTurn: 1);
        while (slow.Taken.Count == 0)
        {
            Assert.Equal(0, slow.Replica.Raft.Log.Snapshot.Index);
            Apply(slow);
        }

        Assert.InRange(slow.Replica.AppliedIndex, Every + 1, long.MaxValue);
        Assert.Equal(Every, slow.Replica.Raft.Log.Snapshot.Index);
    }

    private static SoloReplica New(int itemsPerTurn) => new(new ReplicaOptions
    {
        Raft = SoloReplica.Raft,
        SnapshotEveryEntries = Every,
        SnapshotItemsPerTurn = itemsPerTurn,
        KeepEntries = 0,
    });

    private static void Apply(SoloReplica replica)
    {
        replica.Propose();
        replica.Turn();
    }
}
