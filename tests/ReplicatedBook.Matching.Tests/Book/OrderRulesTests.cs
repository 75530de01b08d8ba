using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>What an instrument demands of orders: largest quantity, least worth, price band.</summary>
public sealed class OrderRulesTests
{
    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "84 min_or_max_qty")]
    public void One_lot_is_the_least_and_the_largest_quantity_is_allowed_and_one_lot_more_is_not(Side side)
    {
        var venue = Market(new OrderRules(MinNotional: 0, MaxQuantity: 10, PriceBandBps: 0));
        Assert.Equal(RejectReason.QuantityNotPositive, venue.Place(1, side, 100, 0).Reason);
        Assert.True(venue.Place(1, side, 100, 1).IsAccepted);
        Assert.Equal(RejectReason.QuantityTooLarge, venue.Place(1, side, 100, 11).Reason);
        Assert.Equal(RejectReason.QuantityTooLarge, venue.Market(2, side.Opposite(), 11).Reason);
        var order = venue.Place(1, side, 100, 10).Order!;

        Assert.Equal(RejectReason.QuantityTooLarge, venue.Amend(1, order, quantity: 11).Reason);

        Assert.Equal(order, venue.Exchange.FindOrder(order.Id));
        Assert.True(venue.Amend(1, order, quantity: 9).IsAccepted);
        Assert.Equal(10, venue.Market(2, side.Opposite(), 10).Order!.Filled.Lots);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "85 min_notional")]
    public void Order_of_exactly_the_least_worth_is_allowed_and_one_worth_less_is_not(Side side)
    {
        var venue = Market(new OrderRules(MinNotional: 300, MaxQuantity: 0, PriceBandBps: 0));
        Assert.Equal(RejectReason.NotionalTooSmall, venue.Place(1, side, 299, 1).Reason);
        Assert.Equal(RejectReason.NotionalTooSmall, venue.Place(1, side, 99, 3).Reason);
        var order = venue.Place(1, side, 100, 3).Order!;

        Assert.Equal(RejectReason.NotionalTooSmall, venue.Amend(1, order, quantity: 2).Reason);
        Assert.Equal(RejectReason.NotionalTooSmall, venue.Amend(1, order, price: 99).Reason);

        Assert.Equal(order, venue.Exchange.FindOrder(order.Id));
        Assert.True(venue.Amend(1, order, price: 150, quantity: 2).IsAccepted);
    }

    [Fact]
    [Trait("MatchingScenario", "85 min_notional")]
    public void Worth_finer_than_a_unit_is_compared_without_rounding()
    {
        var venue = Market(
            new OrderRules(MinNotional: 2, MaxQuantity: 0, PriceBandBps: 0),
            Venue.Trading(baseScale: 4, quoteScale: 2, tick: new DecimalSize(1, 2), lot: new DecimalSize(1, 4)));
        Assert.Equal(RejectReason.NotionalTooSmall, venue.Place(1, Side.Buy, 19_999, 1).Reason); // 1.9999 cents.
        Assert.True(venue.Place(1, Side.Buy, 20_000, 1).IsAccepted);
    }

    [Fact]
    [Trait("MatchingScenario", "93 price_band")]
    public void Limit_must_be_near_the_last_trade_once_there_was_one()
    {
        var venue = Market(new OrderRules(MinNotional: 0, MaxQuantity: 0, PriceBandBps: 1_000));
        var far = venue.Place(1, Side.Buy, 5, 1).Order!; // Nothing to be near to yet.
        venue.Place(1, Side.Sell, 100, 1);
        venue.Place(2, Side.Buy, 100, 1);
        foreach (var side in new[] { Side.Buy, Side.Sell })
        {
            Assert.Equal(RejectReason.PriceOutOfBand, venue.Place(1, side, 89, 1).Reason);
            Assert.Equal(RejectReason.PriceOutOfBand, venue.Place(1, side, 111, 1).Reason);
            Assert.Equal(RejectReason.PriceOutOfBand, venue.Place(1, side, long.MaxValue, 1).Reason);
        }

        var low = venue.Place(1, Side.Buy, 90, 1).Order!;
        var high = venue.Place(1, Side.Sell, 110, 1).Order!;
        Assert.Equal(RejectReason.PriceOutOfBand, venue.Amend(1, low, price: 89).Reason);
        Assert.Equal(RejectReason.PriceOutOfBand, venue.Amend(1, high, price: 111).Reason);
        Assert.Equal([low.Id.Value, far.Id.Value], venue.Queue(Side.Buy)); // What rests stays.

        venue.Place(2, Side.Buy, 110, 1);
        Assert.True(venue.Place(1, Side.Sell, 121, 1).IsAccepted); // The band went along with the trade at 110.
        Assert.Equal(RejectReason.PriceOutOfBand, venue.Place(1, Side.Sell, 122, 1).Reason);
    }

    [Fact]
    public void Order_may_become_less_although_the_rules_have_become_narrower()
    {
        var venue = Venue.Trading();
        var far = venue.Place(1, Side.Buy, 5, 20).Order!;
        venue.Place(1, Side.Sell, 100, 1);
        venue.Place(2, Side.Buy, 100, 1);
        Market(new OrderRules(MinNotional: 0, MaxQuantity: 10, PriceBandBps: 1_000), venue);

        Assert.Equal(RejectReason.QuantityTooLarge, venue.Amend(1, far, quantity: 21).Reason);
        Assert.Equal(RejectReason.PriceOutOfBand, venue.Amend(1, far, price: 6, quantity: 10).Reason);
        Assert.True(venue.Amend(1, far, quantity: 19).IsAccepted);
        Assert.True(venue.Amend(1, far, quantity: 9).IsAccepted);
        Assert.Equal(RejectReason.PriceOutOfBand, venue.Amend(1, far, quantity: 10).Reason);
    }

    private static Venue Market(OrderRules rules, Venue? venue = null)
    {
        venue ??= Venue.Trading();
        venue.Accept(new SetFeatureLevel(FeatureLevels.OrderOptions));
        venue.Accept(new UpdateInstrument(new InstrumentId(Venue.Symbol), 0, 0, 0) { Rules = rules });
        return venue;
    }
}
