using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Replication.Tests.Port;
using Xunit;

namespace ReplicatedBook.Replication.Tests;

/// <summary>Goal: snapshots come by entries while these are slow, by time while they are fast, and always in the end.
/// Method: one replica that leads alone, a clock by hand, ten entries to a multiple, a second between two
/// snapshots.</summary>
public sealed class SnapshotIntervalTests
{
    private const int Every = 10;
    private const long Second = 1_000_000;

    private readonly List<(long Index, long At)> _taken = [];
    private readonly Replica _replica = new(
        new ReplicaOptions
        {
            Raft = new RaftConfig { Id = new NodeId("n1"), Seed = 1 },
            Bootstrap = Membership.OfVoters([new NodeId("n1")]),
            SnapshotEveryEntries = Every,
            SnapshotMinInterval = TimeSpan.FromSeconds(1),
        },
        new RecoveredState(default, default, null, [], 0, 0), monotonic: 0, wall: 1_000 * Second);

    private long _monotonic;
    private long _requests;

    public SnapshotIntervalTests()
    {
        while (_replica.Raft.Role != Role.Leader)
        {
            _replica.Tick();
            Turn();
        }
    }

    [Fact]
    public void Slow_entries_have_a_snapshot_at_every_multiple()
    {
        Apply(entries: 100, apart: Second / 5);

        Assert.Equal([20, 30, 40, 50, 60, 70, 80, 90, 100], _taken.Select(taken => taken.Index).Where(i => i > Every));
    }

    [Fact]
    public void Fast_entries_have_one_at_the_first_multiple_of_each_second()
    {
        Apply(entries: 400, apart: Second / 50);

        Assert.InRange(_taken.Count, 7, 9); // Eight seconds, in multiples of a fifth of one.
        Assert.All(_taken, taken => Assert.Equal(0, taken.Index % Every));
        foreach (var (earlier, later) in _taken.Zip(_taken.Skip(1)))
        {
            Assert.Equal((earlier.At / Second) + 1, later.At / Second);
        }
    }

    [Fact]
    public void However_fast_entries_are_ten_multiples_are_the_most_without_one()
    {
        Apply(entries: 350, apart: 10);

        Assert.Equal([10, 110, 210, 310], _taken.Select(taken => taken.Index));
    }

    private void Apply(int entries, long apart)
    {
        for (var i = 0; i < entries; i++)
        {
            _monotonic += apart;
            _replica.SetClock(_monotonic);
            _replica.Propose(++_requests, Commands.CreateAccount("a"), ProposalWait.Applied);
            Turn();
        }
    }

    private void Turn()
    {
        var output = _replica.Flush();
        while (output.Persist.Count > 0 || output.Snapshots.Count > 0)
        {
            var written = output.Persist.Count > 0 ? output.Persist[^1].Sequence : 0;
            var snapshots = output.Snapshots.ToArray();
            _replica.ClearOutput();
            foreach (var snapshot in snapshots)
            {
                _taken.Add((snapshot.Mark.Index, _replica.Exchange.Now.Microseconds));
                _replica.SnapshotSaved(snapshot.Mark, snapshot.StateHash());
            }

            if (written > 0)
            {
                _replica.Persisted(written);
            }

            output = _replica.Flush();
        }

        _replica.ClearOutput();
    }
}
