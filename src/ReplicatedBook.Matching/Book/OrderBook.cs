using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>The resting orders of one instrument by price, then by time, whatever structure their levels are kept in:
/// for all that is called once for a command or less often.</summary>
internal abstract class OrderBook
{
    /// <summary>Where a walk over the levels of a side begins.</summary>
    public const int FromBest = int.MaxValue;

    private BothSides<long> _lots;

    /// <summary>Lots of all orders of a side; kept within 64 bits by a check before every order.</summary>
    public long LotsOf(Side side) => _lots[(int)side];

    /// <summary>The other side.</summary>
    public static Side Opposite(Side side) => side == Side.Buy ? Side.Sell : Side.Buy;

    /// <summary>Maps a price so that on either side the better price has the larger key.</summary>
    public static long KeyOf(Side side, long price) => side == Side.Buy ? price : -price;

    /// <summary>The price of a key.</summary>
    public static long PriceOf(Side side, long key) => side == Side.Buy ? key : -key;

    /// <summary>The smallest key of the other side's levels that an order would trade with.</summary>
    /// <param name="side">The order's.</param>
    /// <param name="price">Its limit; 0 for any price.</param>
    public static long WorstKeyFor(Side side, long price) =>
        price == 0 ? long.MinValue : KeyOf(Opposite(side), price);

    /// <summary>Whether an order at this limit would match at once.</summary>
    public abstract bool WouldMatch(Side side, long price);

    /// <summary>How many price levels a side has.</summary>
    public abstract int LevelCount(Side side);

    /// <summary>Copies the next level of a walk from a side's best to its worst.</summary>
    /// <param name="side">Whose levels.</param>
    /// <param name="place">Where the walk is; <see cref="FromBest"/> before its first level. Good until the book
    /// changes.</param>
    /// <param name="level">The level.</param>
    /// <returns>False behind the last.</returns>
    public abstract bool Next(Side side, ref int place, out PriceLevel level);

    /// <summary>Copies a side's levels, the best first, as many as there is room for.</summary>
    /// <returns>How many.</returns>
    public abstract int CopyLevels(Side side, Span<PriceLevel> destination);

    /// <summary>Puts an order behind all others of its key; an iceberg shows its first peak.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="order">The same.</param>
    /// <param name="key">Of its level.</param>
    public abstract void Add(int slot, ref Order order, long key);

    /// <summary>As <see cref="Add"/>, but for an order that would match at once: that one is not put in.</summary>
    /// <returns>Whether it was put in.</returns>
    public abstract bool TryAdd(int slot, ref Order order, long key);

    /// <summary>Says how many of an iceberg's lots are not shown, where its peak is not whole.</summary>
    public abstract void Hide(int slot, long hidden);

    /// <summary>Takes an order out, with all its remaining lots; its level goes with it if it was the last
    /// there.</summary>
    public abstract void Remove(int slot, in Order order);

    /// <summary>Takes lots off an order in place, what is not shown first; some must be left.</summary>
    public abstract void Reduce(int slot, long lots);

    /// <summary>Adds to a side's lots; negative takes away.</summary>
    protected void AddLots(Side side, long lots) => _lots[(int)side] += lots;
}
