using ReplicatedBook.Consensus;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Nodes;

/// <content>Machines that come and go, and disks that lose what they held.</content>
internal sealed partial class SimulatedNode
{
    private readonly SortedDictionary<long, Action<MembershipOutcome>> _changes = [];
    private bool _isDamaged; // From the damage to the next start.

    /// <summary>Whether the machine is there: from the start, or since it joined.</summary>
    public bool IsInstalled { get; private set; }

    /// <summary>Whether it has ever run, so that there is a <see cref="Replica"/> to look at.</summary>
    public bool HasStarted => Replica is not null;

    /// <summary>Whether its disk is gone for good.</summary>
    public bool IsLost { get; set; }

    /// <summary>Whether its disk says that it holds all that it ever promised, and that is true.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Puts the machine there and starts it: a founder with the founders' names, any other to be told who is a
    /// member.</summary>
    public void Install()
    {
        IsInstalled = true;
        Restart();
    }

    /// <summary>An operator asks this node to change the membership; never answered when it stops before.</summary>
    public void ChangeMembership(MembershipChange change, Action<MembershipOutcome> answer) => Input(replica =>
    {
        var request = ++_requests;
        _changes.Add(request, answer);
        replica.ChangeMembership(request, change);
    });

    /// <summary>A connection to a peer was reset.</summary>
    public void LosePeer(NodeId peer) => Input(replica => replica.PeerLost(peer));

    /// <summary>Changes what the disk holds, in one file, while nothing runs: bits, a sector, its length, or all of
    /// it.</summary>
    public void DamageDisk(RandomStream chance)
    {
        var names = Disk.ListFiles(Directory).Where(name => FileNames.SegmentSequence(name) is not null
            || FileNames.SnapshotMark(name) is not null || name == FileNames.Synced).ToList();
        if (IsRunning || names.Count == 0)
        {
            return;
        }

        _world.Counters.Count(Sometimes.DisksDamaged);
        (_isDamaged, IsWhole) = (true, false);
        Disk.Damage($"{Directory}/{names[chance.Position(names.Count)]}", chance);
    }

    /// <summary>What a disk with damage holds may be less than was promised, but then the node must know.</summary>
    private void RequireHonest(RecoveredState recovered)
    {
        _world.Counters.Count(Sometimes.DamageFound, recovered.Damage is null ? 0 : 1);
        if (_isDamaged && recovered.Wholeness == Wholeness.Repairing)
        {
            Image.RequireVoteIn(recovered, $"{Id} after damage");
            Image.Lose();
        }
        else
        {
            Image.RequireIn(recovered, $"{Id} after its crash", mayLoseSnapshot: _isDamaged);
        }

        _world.Counters.Count(Sometimes.DamageHarmless, _isDamaged && recovered.Wholeness == Wholeness.Whole ? 1 : 0);
        _isDamaged = false;
        IsWhole = recovered.Wholeness == Wholeness.Whole;
    }

    private void NoteWhole()
    {
        _world.Counters.Count(Sometimes.NodesRepaired);
        IsWhole = true;
        _world.IsFounded |= _world.Observer.Nodes.Take(_world.Plan.Nodes).All(node => node.IsWhole);
    }
}
