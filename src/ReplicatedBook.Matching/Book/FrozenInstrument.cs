using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>An image of an instrument and of the order of its levels; its orders are in the image of their
/// pool.</summary>
/// <param name="Instrument">A copy, whose book is not to be used.</param>
/// <param name="Bids">Buy orders.</param>
/// <param name="Asks">Sell orders.</param>
internal sealed record FrozenInstrument(Instrument Instrument, FrozenSide Bids, FrozenSide Asks)
{
    /// <summary>Takes the image.</summary>
    public static FrozenInstrument Of(Instrument instrument) =>
        new(instrument.Copy(), SideOf(instrument, Side.Buy), SideOf(instrument, Side.Sell));

    private static FrozenSide SideOf(Instrument instrument, Side side)
    {
        var oldest = new int[instrument.Book.LevelCount(side)];
        var (count, place) = (0, OrderBook.FromBest);
        for (var rank = 0; instrument.Book.Next(side, ref place, out var level); rank++)
        {
            oldest[rank] = level.Oldest;
            count += level.Count;
        }

        return new FrozenSide(count, oldest);
    }
}
