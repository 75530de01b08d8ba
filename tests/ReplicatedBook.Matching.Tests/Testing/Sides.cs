using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Lets a case be written once for both sides of the book.</summary>
internal static class Sides
{
    public static Side Opposite(this Side side) => side == Side.Buy ? Side.Sell : Side.Buy;

    /// <summary>A price that is so many ticks behind 100 in the queue of a side: higher for asks, lower for
    /// bids.</summary>
    public static long Behind(this Side side, long ticks) => side == Side.Sell ? 100 + ticks : 100 - ticks;

    /// <summary>Levels of a side as price and lots, best first.</summary>
    public static IEnumerable<(long Price, long Lots)> Levels(this Venue venue, Side side) =>
        (side == Side.Buy ? venue.Book().Bids : venue.Book().Asks).Select(l => (l.Price.Ticks, l.Quantity.Lots));

    /// <summary>What an account holds of the asset that orders of a side reserve.</summary>
    public static (long Available, long Reserved) Funds(this Venue venue, int account, Side side) =>
        venue.Balance(account, side == Side.Buy ? Venue.Quote : Venue.Base);
}
