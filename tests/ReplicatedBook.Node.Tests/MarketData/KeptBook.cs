using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.MarketData;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>A book as a client keeps it from what it is told, too simple to be wrong.</summary>
internal sealed class KeptBook
{
    private readonly SortedDictionary<long, BookLine> _bids = [];
    private readonly SortedDictionary<long, BookLine> _asks = [];

    /// <summary>Index of the last update.</summary>
    public long Index { get; private set; } = -1;

    public uint Checksum { get; private set; }

    /// <summary>Best first.</summary>
    public IEnumerable<BookLine> Bids => _bids.Values.Reverse();

    /// <summary>Best first.</summary>
    public IEnumerable<BookLine> Asks => _asks.Values;

    public void Take(BookUpdate update)
    {
        if (update.Kind == BookUpdateKind.Snapshot)
        {
            _bids.Clear();
            _asks.Clear();
            Assert.Equal(0, update.PrevIndex);
        }
        else
        {
            Assert.Equal(BookUpdateKind.Delta, update.Kind);
            Assert.True(Index < 0 || update.PrevIndex == Index, $"{update.PrevIndex} is not {Index}");
            Assert.True(update.Index > update.PrevIndex);
        }

        (Index, Checksum) = (update.Index, update.Checksum);
        Set(_bids, update.Bids);
        Set(_asks, update.Asks);
    }

    /// <summary>What the state says, down to a depth.</summary>
    public static (BookLine[] Bids, BookLine[] Asks) Of(BookView book, int depth) =>
        (LinesOf(book.Bids, depth), LinesOf(book.Asks, depth));

    /// <summary>Whether it is the book of the state.</summary>
    public void RequireIs(BookLine[] bids, BookLine[] asks)
    {
        Assert.Equal(bids, Bids);
        Assert.Equal(asks, Asks);
    }

    private static BookLine[] LinesOf(IReadOnlyList<LevelView> levels, int depth) =>
        [.. levels.Take(depth).Select(level => new BookLine(level.Price, level.Quantity, level.OrderCount))];

    private static void Set(SortedDictionary<long, BookLine> side, IReadOnlyList<BookLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Quantity.Lots == 0)
            {
                Assert.True(side.Remove(line.Price.Ticks), $"{line} was not there");
            }
            else
            {
                side[line.Price.Ticks] = line;
            }
        }
    }
}
