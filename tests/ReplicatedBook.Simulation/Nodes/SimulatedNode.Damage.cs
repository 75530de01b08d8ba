using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Simulation.Disk;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Nodes;

/// <content>Disks that lose what they held.</content>
internal sealed partial class SimulatedNode
{
    private bool _isDamaged; // From the damage to the next start.
    private bool _hasLostPower; // From the loss to the next start: what was not synced is gone.

    /// <summary>Whether its disk says that it holds all that it ever promised, and that is true.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Told when the disk has lost term and vote, so that the node must not start again.</summary>
    public Action? Refused { get; set; }

    /// <summary>Changes what the disk holds, in one file, while nothing runs: bits, a sector, its length, or all of
    /// it.</summary>
    /// <param name="key">Says which file and how.</param>
    /// <param name="isVote">Whether it is the file with term and vote; else any of the others.</param>
    /// <returns>Whether anything was changed.</returns>
    public bool DamageDisk(long key, bool isVote)
    {
        if (!HasStarted || IsRunning || _isDamaged || IsLost)
        {
            return false;
        }

        var names = Disk.ListFiles(Directory).Where(name => isVote ? name == FileNames.HardState : IsContent(name))
            .ToList();
        if (names.Count == 0)
        {
            return false;
        }

        var name = names[_world.Chance("damage", Number, key).Position(names.Count)];
        if (_hasLostPower && IsBeyondTheLimit(name, key))
        {
            _world.Counters.Count(Sometimes.DamageSpared);
            return false;
        }

        Damage(Disk, name, key);
        _world.Counters.Count(isVote ? Sometimes.VotesDamaged : Sometimes.DisksDamaged);
        _world.Counters.Count(Sometimes.DisksDamagedAfterPowerLoss, _hasLostPower ? 1 : 0);
        (_isDamaged, IsWhole) = (true, false);
        return true;
    }

    private static bool IsContent(string name) => FileNames.SegmentSequence(name) is not null
        || FileNames.SnapshotMark(name) is not null || name == FileNames.Synced;

    private bool Damage(SimulatedDisk disk, string name, long key) =>
        disk.Damage($"{Directory}/{name}", _world.Chance("damaged", Number, key));

    /// <summary>Power loss may take what says how far the log was synced. If damage then strikes the sector in which
    /// the log ends, nothing on this disk tells it from a torn write; if it takes the file's end or all of it, nothing
    /// tells what stood there. No disk can do better with one sync per group (Storage/README.md, Limit), so such damage
    /// is not made. Anything more that is lost in silence is a defect, and is left to be found.</summary>
    private bool IsBeyondTheLimit(string name, long key)
    {
        var copy = Disk.DurableCopy();
        var isOneSector = Damage(copy, name, key);
        try
        {
            using var storage = Open(copy, out var found);
            return found.Wholeness == Wholeness.Whole && Image.FirstMissing(found) is { } missing
                && (!isOneSector || missing >= Image.TailFrom);
        }
        catch (StorageDamagedException)
        {
            return false;
        }
    }

    /// <summary>Term and vote are lost: another machine must come in this one's place.</summary>
    private void RefuseToStart(StorageDamagedException exception)
    {
        _world.Trace.Note(TraceKind.RecoveryFailed, Number, 0, 0, exception.Message);
        _world.Counters.Count(Sometimes.StartsRefused);
        Disk.EndProcess();
        IsLost = true;
        Refused?.Invoke();
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
        (_isDamaged, _hasLostPower) = (false, false);
        NoteWholeness(recovered.Wholeness);
    }

    private void NoteWhole()
    {
        _world.Counters.Count(Sometimes.NodesRepaired);
        NoteWholeness(Wholeness.Whole);
    }

    private void NoteWholeness(Wholeness wholeness)
    {
        IsWhole = wholeness == Wholeness.Whole;
        _world.IsFounded |= _world.Observer.Nodes.Take(_world.Plan.Nodes).All(node => node.IsWhole);
    }

    private void LosePower(RandomStream chance)
    {
        _hasLostPower = true;
        Disk.LosePower(chance, _world.Plan.SectorKeptPerMille);
    }
}
