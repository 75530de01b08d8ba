namespace ReplicatedBook.Matching.Book;

/// <summary>The last trades; a new one takes the place of the oldest once the limit is reached.</summary>
/// <param name="limit">Most trades kept; at least 1.</param>
internal sealed class TradeRing(int limit)
{
    // A power of two, so that an id's place is a matter of its low bits; it may be more than the limit.
    private TradeRecord[] _trades = new TradeRecord[16];

    /// <summary>Id of the last trade; 0 before the first.</summary>
    public long LastId { get; private set; }

    /// <summary>Trades kept.</summary>
    public int Count { get; private set; }

    /// <summary>Id of the oldest trade kept; greater than <see cref="LastId"/> when none is.</summary>
    public long FirstId => LastId - Count + 1;

    /// <summary>A trade that is kept.</summary>
    public ref readonly TradeRecord this[long id] => ref _trades[(int)id & (_trades.Length - 1)];

    /// <summary>Whether a trade is kept.</summary>
    public bool Holds(long id) => id <= LastId && id >= FirstId && id > 0;

    /// <summary>Gives out the next id and its place, which the caller fills.</summary>
    public ref TradeRecord Add(out long id)
    {
        if (Count == _trades.Length && Count < limit)
        {
            Grow();
        }

        id = ++LastId;
        Count = Math.Min(Count + 1, limit);
        return ref _trades[(int)id & (_trades.Length - 1)];
    }

    /// <summary>Starts an empty ring behind trades that are no longer kept.</summary>
    public void StartBehind(long lastId)
    {
        Invariant.Require(Count == 0 && lastId >= 0, "only an empty ring is given a start");
        LastId = lastId;
    }

    private void Grow()
    {
        var old = _trades;
        _trades = new TradeRecord[checked(old.Length * 2)];
        for (var id = FirstId; id <= LastId; id++)
        {
            _trades[(int)id & (_trades.Length - 1)] = old[(int)id & (old.Length - 1)];
        }
    }
}
