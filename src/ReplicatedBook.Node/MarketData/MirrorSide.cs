using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <summary>The levels of one side of a mirrored book. The best is last: most that happens, happens there.</summary>
/// <param name="side">Which side.</param>
internal sealed class MirrorSide(Side side)
{
    private readonly List<MirrorLevel> _levels = [];

    public int Count => _levels.Count;

    /// <summary>A level by rank.</summary>
    /// <param name="rank">0 for the best.</param>
    public MirrorLevel this[int rank] => _levels[_levels.Count - 1 - rank];

    /// <summary>The level at a price; null when there is none.</summary>
    public MirrorLevel? Find(long price) => Search(price) is >= 0 and var place ? _levels[place] : null;

    /// <summary>The level at a price, a new one where there was none.</summary>
    public MirrorLevel FindOrAdd(long price)
    {
        var place = Search(price);
        if (place >= 0)
        {
            return _levels[place];
        }

        var level = new MirrorLevel(price);
        _levels.Insert(~place, level);
        return level;
    }

    /// <summary>Takes out a level that is there.</summary>
    public void Remove(MirrorLevel level) => _levels.RemoveAt(Search(level.Price));

    public void Clear() => _levels.Clear();

    private int Search(long price)
    {
        var key = Key(price);
        int low = 0, high = _levels.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = Key(_levels[middle].Price);
            if (found == key)
            {
                return middle;
            }

            (low, high) = found < key ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    /// <summary>The better the larger.</summary>
    private long Key(long price) => side == Side.Buy ? price : -price;
}
