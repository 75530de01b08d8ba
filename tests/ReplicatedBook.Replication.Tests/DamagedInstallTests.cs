using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Replication.Tests.Port;
using Xunit;

namespace ReplicatedBook.Replication.Tests;

/// <summary>Goal: a state that cannot be restored takes no state away. Method: one follower, its leader played by the
/// test, sent a damaged snapshot and then a whole one.</summary>
public sealed class DamagedInstallTests
{
    private static readonly NodeId One = new("n1");
    private static readonly NodeId Two = new("n2");
    private static readonly SnapshotMark Mark = new(40, 1);
    private static readonly Membership Voters = Membership.OfVoters([One, Two, new NodeId("n3")]);

    private readonly Replica _replica = new(
        new ReplicaOptions { Raft = new RaftConfig { Id = One, Seed = 1 }, Bootstrap = Voters },
        new RecoveredState(default, default, null, [], 0, 0), monotonic: 0, wall: 1);

    [Fact]
    [Trait("MatchingScenario", "111 restore_failure_leaves_state")]
    public void A_snapshot_that_cannot_be_restored_leaves_the_state_and_is_asked_for_again()
    {
        var entry = new LogEntry(
            1, 1, EntryKind.Command,
            EntryPayload.Create(new Timestamp(1_000), Commands.CreateAsset("USD", 2), new ByteArena()));
        Take(new AppendEntries(Two, One, 1, 0, 0, [entry], 1, 0, 0));
        var before = SnapshotOf(_replica.Exchange);
        var whole = Snapshot();
        byte[] damaged = [.. whole[..^3], 0xC1, .. whole[^2..]];

        var answer = Take(Install(damaged));

        Assert.Equal((0L, false), (answer.NextOffset, answer.IsInstalled));
        Assert.Equal((1L, 0L), (_replica.AppliedIndex, _replica.InstalledSnapshots));
        Assert.Equal(before, SnapshotOf(_replica.Exchange));

        Assert.True(Take(Install(whole)).IsInstalled);
        Assert.Equal((40L, "EUR"), (_replica.AppliedIndex, Assert.Single(_replica.Exchange.Assets).Symbol));
    }

    private static InstallSnapshot Install(byte[] content) => new(Two, One, 1, Mark, 0, content, IsLast: true, 0);

    /// <summary>A state that has EUR and no USD.</summary>
    private static byte[] Snapshot()
    {
        var exchange = new Exchange(new ExchangeLimits());
        exchange.Apply(
            Mark.Index, new Timestamp(2_000), Commands.CreateAsset("EUR", 2), new Matching.Encoding.EventBuffer(),
            new ArrayBufferWriter<byte>());
        var buffer = new ArrayBufferWriter<byte>();
        new ReplicaState(Mark, default, exchange, Voters).Write(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] SnapshotOf(Exchange exchange)
    {
        var buffer = new ArrayBufferWriter<byte>();
        exchange.WriteSnapshot(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Gives the follower a message and does all that it asks of the disk.</summary>
    /// <returns>Its last word on a snapshot.</returns>
    private InstallSnapshotReply Take(RaftMessage message)
    {
        _replica.Receive(message);
        InstallSnapshotReply? answer = null;
        for (var isBusy = true; isBusy;)
        {
            var output = _replica.Flush();
            answer = output.Messages.OfType<InstallSnapshotReply>().LastOrDefault() ?? answer;
            var written = output.Persist.Count > 0 ? output.Persist[^1].Sequence : 0;
            var snapshots = output.Snapshots.ToArray();
            isBusy = written > 0 || snapshots.Length > 0;
            _replica.ClearOutput();
            if (written > 0)
            {
                _replica.Persisted(written);
            }

            foreach (var snapshot in snapshots)
            {
                _replica.SnapshotSaved(snapshot.Mark, snapshot.StateHash());
            }
        }

        return answer!;
    }
}
