using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>An image of an instrument and of the order of its levels; its orders are in the image of their
/// pool.</summary>
/// <param name="Instrument">A copy, whose books are not to be used.</param>
/// <param name="Sides">Buy orders, sell orders, stop orders to buy, stop orders to sell. Where two outcomes share a
/// book, it is with the second: when that is read, both are known.</param>
internal sealed record FrozenInstrument(Instrument Instrument, FrozenSide[] Sides)
{
    private static readonly FrozenSide None = new(0, []);

    /// <summary>Takes the image.</summary>
    public static FrozenInstrument Of(Instrument instrument)
    {
        if (instrument.Mirror is not null)
        {
            return new FrozenInstrument(instrument.Copy(), [None, None, None, None]);
        }

        var (book, stops) = (instrument.Book, instrument.Stops);
        return new FrozenInstrument(
            instrument.Copy(),
            [
                SideOf(book, Side.Buy), SideOf(book, Side.Sell), stops is null ? None : SideOf(stops, Side.Buy),
                stops is null ? None : SideOf(stops, Side.Sell),
            ]);
    }

    private static FrozenSide SideOf(OrderBook book, Side side)
    {
        var oldest = new int[book.LevelCount(side)];
        var (count, place) = (0, OrderBook.FromBest);
        for (var rank = 0; book.Next(side, ref place, out var level); rank++)
        {
            oldest[rank] = level.Oldest;
            count += level.Count;
        }

        return new FrozenSide(count, oldest);
    }
}
