namespace ReplicatedBook.Matching.Book;

/// <summary>Orders by hash of account and client order id. Several orders may share a hash: who asks compares the
/// names.</summary>
/// <remarks>Values are order ids, so that nothing changes here when an order moves from the open to the closed. Never
/// enumerated, see <see cref="ProbeTable"/>.</remarks>
internal sealed class ClientOrderIndex
{
    private ProbeTable _table = new();

    /// <summary>Entries in it.</summary>
    public int Count => _table.Count;

    /// <summary>Those of them that growing has yet to move.</summary>
    public int OldCount => _table.OldCount;

    /// <summary>First place to look for a hash; good until the next change.</summary>
    public int Start(ulong hash) => _table.Start(hash);

    /// <summary>The next order with this hash, and moves <paramref name="place"/> behind it; 0 when there is no
    /// more.</summary>
    public long Next(ulong hash, ref int place)
    {
        var order = _table.Seek(hash, ref place);
        place = _table.Behind(place);
        return order;
    }

    /// <summary>Adds an order.</summary>
    public void Add(ulong hash, long order) => _table.Add(hash, order);

    /// <summary>Removes an order that is in it.</summary>
    public void Remove(ulong hash, long order)
    {
        var place = _table.Start(hash);
        while (_table.Seek(hash, ref place) is var found && found != order)
        {
            Invariant.Require(found != 0, "only a known client order id is removed");
            place = _table.Behind(place);
        }

        _table.Remove(place);
    }
}
