using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Simulation.Tests;

/// <summary>A node may answer weak reads once it is where it was when it last answered (RELIABILITY P4). A log that
/// damage has shortened does not say where that was: a repairing node once answered from before it.</summary>
public sealed class WeakReadTests
{
    private static readonly NodeId One = new("n1");
    private static readonly NodeId Two = new("n2");
    private long _question;

    [Fact]
    public void A_whole_node_answers_weak_reads_once_it_has_applied_its_log()
    {
        var replica = Restart(Wholeness.Whole, held: 3, committed: 2);
        Assert.False(replica.IsCaughtUp);

        Hear(replica, Append(after: 3, count: 0, commit: 3));

        Assert.True(replica.IsCaughtUp);
    }

    [Fact]
    public void A_repairing_node_answers_no_weak_read_before_it_has_applied_the_log_that_made_it_whole()
    {
        var replica = Restart(Wholeness.Repairing, held: 2, committed: 2); // It held five, and had applied them all.
        Assert.Equal((2L, false), (replica.AppliedIndex, replica.IsCaughtUp));

        Hear(replica, Append(after: 2, count: 0, commit: 2));
        Assert.False(replica.IsCaughtUp);

        while (_question == 0)
        {
            replica.Tick();
            EndTurn(replica);
        }

        Hear(replica, new ReadIndexReply(Two, One, 1, _question, Index: 5, LeaderLastIndex: 5));
        Hear(replica, Append(after: 2, count: 3, commit: 4));
        Assert.Equal((Wholeness.Whole, 4L), (replica.Raft.Wholeness, replica.AppliedIndex));
        Assert.False(replica.IsCaughtUp);

        Hear(replica, Append(after: 5, count: 0, commit: 5));
        Assert.Equal((5L, true), (replica.AppliedIndex, replica.IsCaughtUp));
    }

    private static Replica Restart(Wholeness wholeness, int held, long committed) => new(
        new ReplicaOptions
        {
            Raft = new RaftConfig { Id = One, Seed = 1 },
            Bootstrap = Membership.OfVoters([One, Two, new NodeId("n3")]),
        },
        new RecoveredState(new HardState(1, null), default, null, Entries(1, held), committed, 0)
        {
            Wholeness = wholeness,
        },
        monotonic: 0,
        wall: 1);

    private static AppendEntries Append(long after, int count, long commit) =>
        new(Two, One, 1, after, 1, Entries(after + 1, count), commit, 0, 0);

    private static IReadOnlyList<LogEntry> Entries(long first, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new LogEntry(first + i, 1, EntryKind.NoOp, default))];

    private void Hear(Replica replica, RaftMessage message)
    {
        replica.Receive(message);
        EndTurn(replica);
    }

    private void EndTurn(Replica replica)
    {
        for (var written = -1L; written != 0;)
        {
            var output = replica.Flush();
            written = output.Persist.Count > 0 ? output.Persist[^1].Sequence : 0;
            _question = output.Messages.OfType<ReadIndexRequest>().LastOrDefault()?.RequestId ?? _question;
            replica.ClearOutput();
            if (written > 0)
            {
                replica.Persisted(written);
            }
        }
    }
}
