using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary>The levels of a book in the terms of one instrument, with so many of each side in view; says what changes
/// in view. One owner uses it.</summary>
/// <param name="terms">The instrument; its orders may stand in another's book.</param>
/// <param name="depth">Lines of each side in view; 0 for all.</param>
internal sealed class DepthBook(InstrumentTerms terms, int depth)
{
    private readonly DepthSide _bids = new(Side.Buy, depth == 0 ? int.MaxValue : depth);
    private readonly DepthSide _asks = new(Side.Sell, depth == 0 ? int.MaxValue : depth);

    /// <summary>That of API.md 2.7, over the top ten lines whatever is in view.</summary>
    public uint Checksum => BookChecksum.Of(_bids, _asks, terms);

    /// <summary>Lines in view, best first.</summary>
    public BookLine[] InView(Side side) => Of(side).InView();

    /// <summary>Begins with a mirror's levels.</summary>
    public void Load(BookMirror mirror)
    {
        Load(mirror[Side.Buy], Side.Buy);
        Load(mirror[Side.Sell], Side.Sell);
    }

    /// <summary>Takes what an entry changed.</summary>
    /// <returns>What of it is in view; null for nothing. Its previous index is that of the entry itself, to be set by
    /// who knows it.</returns>
    public BookUpdate? Apply(BookChange change)
    {
        foreach (var (side, price, lots, orders) in change.Levels)
        {
            Of(terms.CanonicalSideOf(side)).Set(new BookLine(
                terms.CanonicalPriceOf(new Price(price)), new Quantity(lots), orders));
        }

        var (bids, asks) = (_bids.TakeChanges(), _asks.TakeChanges());
        return bids.Length + asks.Length == 0
            ? null
            : new BookUpdate(BookUpdateKind.Delta, change.Index, change.Index, bids, asks, Checksum);
    }

    private DepthSide Of(Side side) => side == Side.Buy ? _bids : _asks;

    private void Load(MirrorSide levels, Side side)
    {
        var lines = new BookLine[levels.Count];
        for (var rank = 0; rank < lines.Length; rank++)
        {
            var level = levels[rank];
            lines[rank] = new BookLine(
                terms.CanonicalPriceOf(new Price(level.Price)), new Quantity(level.Lots), level.Count);
        }

        Of(terms.CanonicalSideOf(side)).Load(lines);
    }
}
