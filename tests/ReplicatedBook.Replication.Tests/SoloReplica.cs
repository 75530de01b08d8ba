using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Replication.Tests.Port;

namespace ReplicatedBook.Replication.Tests;

/// <summary>A replica that leads alone, with a clock by hand and a disk that is always done at once; notes its
/// snapshots.</summary>
internal sealed class SoloReplica
{
    private long _requests;

    /// <param name="settings">All but consensus and members.</param>
    public SoloReplica(ReplicaOptions settings)
    {
        Replica = new Replica(
            settings with { Bootstrap = Membership.OfVoters([settings.Raft.Id]) },
            new RecoveredState(default, default, null, [], 0, 0), monotonic: 0, wall: 1_000_000_000);
        while (Replica.Raft.Role != Role.Leader)
        {
            Replica.Tick();
            Turn();
        }
    }

    /// <summary>The consensus settings of any.</summary>
    public static RaftConfig Raft => new() { Id = new NodeId("n1"), Seed = 1 };

    public Replica Replica { get; }

    /// <summary>Its snapshots: index, cluster time when they were whole, turns up to then, hash of the state.</summary>
    public List<(long Index, long At, int Turn, Digest Hash)> Taken { get; } = [];

    /// <summary>Turns taken.</summary>
    public int Turns { get; private set; }

    /// <summary>Proposes a new account; applied with the next turn.</summary>
    public void Propose() =>
        Replica.Propose(++_requests, Commands.CreateAccount($"a{_requests}"), ProposalWait.Applied);

    /// <summary>Takes turns until the disk has no more to do.</summary>
    public void Turn()
    {
        for (var output = Flush(); output.Persist.Count > 0 || output.Snapshots.Count > 0; output = Flush())
        {
            var written = output.Persist.Count > 0 ? output.Persist[^1].Sequence : 0;
            var snapshots = output.Snapshots.ToArray();
            Replica.ClearOutput();
            foreach (var snapshot in snapshots)
            {
                var hash = snapshot.StateHash();
                Taken.Add((snapshot.Mark.Index, Replica.Exchange.Now.Microseconds, Turns, hash));
                Replica.SnapshotSaved(snapshot.Mark, hash);
            }

            if (written > 0)
            {
                Replica.Persisted(written);
            }
        }

        Replica.ClearOutput();
    }

    /// <summary>Takes a turn whose writes are still under way after it.</summary>
    /// <returns>What is to be reported once they are done; 0 for nothing.</returns>
    public long TurnBeforeDisk()
    {
        var output = Flush();
        var written = output.Persist.Count > 0 ? output.Persist[^1].Sequence : 0;
        Replica.ClearOutput();
        return written;
    }

    private ReplicaOutput Flush()
    {
        Turns++;
        return Replica.Flush();
    }
}
