namespace ReplicatedBook.Matching.Book;

/// <summary>A map from a number to a slot.</summary>
/// <remarks>Never enumerated, see <see cref="ProbeTable"/>.</remarks>
internal sealed class KeyIndex
{
    // Slots plus one.
    private ProbeTable _table = new();

    /// <summary>Entries in it.</summary>
    public int Count => _table.Count;

    /// <summary>Those of them that growing has yet to move.</summary>
    public int OldCount => _table.OldCount;

    /// <summary>The slot of a key; -1 when there is none.</summary>
    public int Find(long key) => (int)_table.First((ulong)key) - 1;

    /// <summary>Adds a key that is not in it.</summary>
    public void Add(long key, int slot) => _table.Add((ulong)key, slot + 1L);

    /// <summary>Gives a key that is in it another slot.</summary>
    public void Replace(long key, int slot)
    {
        var place = _table.Start((ulong)key);
        Invariant.Require(_table.Seek((ulong)key, ref place) != 0, "only a known key is given another slot");
        _table.Replace(place, slot + 1L);
    }

    /// <summary>Removes a key that is in it.</summary>
    public void Remove(long key)
    {
        var place = _table.Start((ulong)key);
        Invariant.Require(_table.Seek((ulong)key, ref place) != 0, "only a known key is removed");
        _table.Remove(place);
    }
}
