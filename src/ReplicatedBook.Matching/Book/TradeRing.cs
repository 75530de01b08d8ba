using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Book;

/// <summary>The last trades; a new one takes the place of the oldest once the limit is reached.</summary>
/// <param name="limit">Most trades kept; at least 1.</param>
internal sealed class TradeRing(int limit)
{
    // The old ones are dropped so many at once.
    private readonly long _dropAt = limit + PageSize<TradeRecord>.Items;
    private readonly PagedQueue<TradeRecord> _trades = StartingAt(1);

    /// <summary>Id of the last trade; 0 before the first.</summary>
    public long LastId => _trades.Next - 1;

    /// <summary>Id of the oldest trade kept; greater than <see cref="LastId"/> when none is.</summary>
    public long FirstId => Math.Max(_trades.First, _trades.Next - limit);

    /// <summary>A trade that is kept.</summary>
    public ref readonly TradeRecord this[long id] => ref _trades[id];

    /// <summary>Whether a trade is kept.</summary>
    public bool Holds(long id) => id < _trades.Next && id >= FirstId;

    /// <summary>Gives out the next id and its place, which the caller fills.</summary>
    public ref TradeRecord Add(out long id)
    {
        if (_trades.Count >= _dropAt)
        {
            DropOld();
        }

        id = _trades.Next;
        return ref _trades.Add();
    }

    /// <summary>Starts an empty ring behind trades that are no longer kept.</summary>
    public void StartBehind(long lastId) => _trades.StartAt(lastId + 1);

    /// <summary>Takes an image of all trades.</summary>
    public FrozenQueue<TradeRecord> Freeze()
    {
        DropOld();
        return _trades.Freeze();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DropOld() => _trades.Drop(FirstId - _trades.First);

    private static PagedQueue<TradeRecord> StartingAt(long id)
    {
        var trades = new PagedQueue<TradeRecord>();
        trades.StartAt(id);
        return trades;
    }
}
