using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Disk;

/// <summary>A directory's names as programs see them, as the disk holds them, and the changes between the
/// two.</summary>
/// <remarks>A name stands for a <see cref="SimulatedContent"/> or a <see cref="SimulatedDirectory"/>.</remarks>
internal sealed class SimulatedDirectory
{
    private readonly List<Change> _unsynced = [];
    private SortedDictionary<string, object> _durable = new(StringComparer.Ordinal);
    private SortedDictionary<string, object> _visible = new(StringComparer.Ordinal);

    /// <summary>Names as programs see them.</summary>
    public IReadOnlyDictionary<string, object> Names => _visible;

    /// <summary>Whether names would be lost with the power.</summary>
    public bool HasUnsyncedNames => _unsynced.Count > 0;

    /// <summary>Whether something here or below would be lost with the power.</summary>
    public bool HasUnsynced => _unsynced.Count > 0 || _visible.Values.Any(target =>
        target is SimulatedDirectory directory ? directory.HasUnsynced : ((SimulatedContent)target).HasUnsynced);

    /// <summary>Gives a name to a file or directory; replaces what had it.</summary>
    public void Add(string name, object target) => Note(new Change(name, null, target));

    /// <summary>Takes a name away.</summary>
    public void Remove(string name) => Note(new Change(name, null, null));

    /// <summary>Renames in one step; replaces what had the name.</summary>
    public void Rename(string from, string to) => Note(new Change(to, from, _visible[from]));

    /// <summary>Makes the names durable.</summary>
    public void Sync()
    {
        foreach (var change in _unsynced)
        {
            Apply(_durable, change);
        }

        _unsynced.Clear();
    }

    /// <summary>What the disk would hold if the power went now and nothing unsynced had reached it.</summary>
    public SimulatedDirectory DurableCopy()
    {
        var copy = new SimulatedDirectory();
        foreach (var (name, target) in _durable)
        {
            object held = target is SimulatedDirectory directory
                ? directory.DurableCopy()
                : ((SimulatedContent)target).DurableCopy();
            copy._durable.Add(name, held);
            copy._visible.Add(name, held);
        }

        return copy;
    }

    /// <summary>Loses unsynced names but for a first part of the changes (file systems journal them in order), and
    /// unsynced
    /// content below.</summary>
    public void LosePower(RandomStream chance, int keptPerMille)
    {
        var kept = chance.Chance(keptPerMille) ? chance.Number(0, _unsynced.Count) : 0;
        foreach (var change in _unsynced.Take(kept))
        {
            Apply(_durable, change);
        }

        _unsynced.Clear();
        _visible = new SortedDictionary<string, object>(_durable, StringComparer.Ordinal);
        foreach (var target in _visible.Values)
        {
            if (target is SimulatedDirectory directory)
            {
                directory.LosePower(chance, keptPerMille);
            }
            else
            {
                ((SimulatedContent)target).LosePower(chance, keptPerMille);
            }
        }
    }

    private void Note(Change change)
    {
        _unsynced.Add(change);
        Apply(_visible, change);
    }

    private static void Apply(SortedDictionary<string, object> names, Change change)
    {
        if (change.From is { } from)
        {
            names.Remove(from);
        }

        if (change.Target is { } target)
        {
            names[change.Name] = target;
        }
        else
        {
            names.Remove(change.Name);
        }
    }

    /// <summary>A new, renamed (from is set) or removed (no target) name.</summary>
    private readonly record struct Change(string Name, string? From, object? Target);
}
