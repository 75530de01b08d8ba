using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>An order as it was drawn; fields that do not go with its type do not count.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Instrument">1 or 2.</param>
/// <param name="Side">Its side.</param>
/// <param name="Type">Its type.</param>
/// <param name="Price">Limit or protection price, before scaling; 0 for no protection.</param>
/// <param name="Lots">Its quantity.</param>
/// <param name="TimeInForce">Good-til-date becomes good-til-canceled where it may not be.</param>
/// <param name="PostOnly">Whether it must not take.</param>
/// <param name="Stp">Self-trade prevention.</param>
/// <param name="Seconds">Until it ends, from now.</param>
/// <param name="Display">Its peak.</param>
/// <param name="Stop">Its stop price, before scaling.</param>
/// <param name="Budget">What it spends instead of lots.</param>
public sealed record DrawnOrder(
    int Account, int Instrument, Side Side, OrderType Type, long Price, long Lots, TimeInForce TimeInForce,
    bool PostOnly, SelfTradePrevention Stp, int Seconds, long Display, long Stop, long Budget)
{
    /// <summary>The command.</summary>
    /// <param name="now">Time of the entry.</param>
    /// <param name="scale">Ticks of one drawn price.</param>
    public PlaceOrder At(long now, long scale)
    {
        var isLimit = Type is OrderType.Limit or OrderType.StopLimit;
        var timeInForce = TimeInForce == TimeInForce.GoodTilDate && Type == OrderType.Market
            ? TimeInForce.GoodTilCanceled
            : TimeInForce;
        var rests = isLimit && timeInForce is TimeInForce.GoodTilCanceled or TimeInForce.GoodTilDate;
        var spends = !isLimit && Side == Side.Buy && Budget != 0 && timeInForce != TimeInForce.FillOrKill;
        var price = isLimit ? Math.Max(1, Price) : Price;
        return Venue.Order(
            Account, Side, price * scale, spends ? 0 : Lots, timeInForce, PostOnly, Stp, "", Type, Instrument) with
        {
            ExpiresAt = new Timestamp(timeInForce == TimeInForce.GoodTilDate ? now + (Seconds * 1_000_000L) : 0),
            DisplayQuantity = new Quantity(rests ? Display : 0),
            StopPrice = new Price(Type >= OrderType.Stop ? Stop * scale : 0),
            QuoteQuantity = new Amount(spends ? Budget : 0),
        };
    }
}
