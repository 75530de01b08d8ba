using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Market orders that name what they spend, or how far they go.</summary>
public sealed class MarketOrderTests
{
    [Theory]
    [InlineData(1_000, 6, 808)]
    [InlineData(808, 6, 808)] // Exactly six lots.
    [InlineData(807, 5, 606)]
    [InlineData(404, 4, 404)]
    [InlineData(101, 1, 101)]
    [Trait("MatchingScenario", "59 market_buy_with_budget_exhausted_mid_sweep")]
    public void Budget_buys_as_many_lots_as_it_pays_with_their_fees_and_nothing_of_the_rest_is_touched(
        long budget, long lots, long paid)
    {
        var venue = Market(takerFee: 100);
        venue.Place(1, Side.Sell, 100, 4);
        venue.Place(1, Side.Sell, 200, 4);

        var order = Spend(venue, 2, budget).Order!;

        Assert.Equal((OrderStatus.Filled, lots), (order.Status, order.Filled.Lots));
        Assert.Equal((10_000 - paid, 0L), venue.Balance(2, Venue.Quote));
        Assert.Equal((10_000 + lots, 0L), venue.Balance(2, Venue.Base));
        Assert.Empty(venue.Queue(Side.Buy));
    }

    [Fact]
    [Trait("MatchingScenario", "59 market_buy_with_budget_exhausted_mid_sweep")]
    public void Budget_that_the_book_cannot_take_or_that_pays_no_lot_says_so()
    {
        var venue = Market(takerFee: 100);
        Assert.Equal((OrderStatus.Expired, StatusReason.NoLiquidity, 0L), Ended(Spend(venue, 2, 500)));
        venue.Place(1, Side.Sell, 100, 4);
        Assert.Equal(RejectReason.InsufficientFunds, Spend(venue, 2, 10_001).Reason);
        Assert.Equal((OrderStatus.Expired, StatusReason.InsufficientFunds, 0L), Ended(Spend(venue, 2, 100)));
        Assert.Equal((10_000L, 0L), venue.Balance(2, Venue.Quote));

        Assert.Equal((OrderStatus.Expired, StatusReason.NoLiquidity, 4L), Ended(Spend(venue, 2, 500)));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "60 market_protection_band")]
    public void Protected_market_order_trades_up_to_its_protection_price_and_no_further(Side side)
    {
        var maker = side.Opposite();
        var venue = Market();
        venue.Place(1, maker, maker.Behind(0), 2);
        venue.Place(1, maker, maker.Behind(5), 2);
        venue.Place(1, maker, maker.Behind(6), 2);

        var outcome = venue.Place(2, side, maker.Behind(5), 6, type: OrderType.Market);

        Assert.Equal((OrderStatus.Expired, StatusReason.ProtectionPrice, 4L), Ended(outcome));
        Assert.Equal([(maker.Behind(6), 2L)], venue.Levels(maker));
        Assert.Empty(venue.Queue(side));
        Assert.Equal(
            (OrderStatus.Expired, StatusReason.FillOrKill, 0L),
            Ended(venue.Place(
                2, side, maker.Behind(5), 1, TimeInForce.FillOrKill, type: OrderType.Market)));
    }

    [Theory]
    [InlineData(Side.Buy, 0)]
    [InlineData(Side.Buy, 111)] // Its own protection is further away.
    [InlineData(Side.Sell, 0)]
    [InlineData(Side.Sell, 89)]
    [Trait("MatchingScenario", "60 market_protection_band")]
    public void Market_order_trades_no_further_from_the_last_trade_than_the_band_of_the_instrument(
        Side side, long protection)
    {
        var maker = side.Opposite();
        var venue = Market();
        foreach (var ticks in new[] { 0, 10, 11 })
        {
            venue.Place(1, maker, maker.Behind(ticks), 2);
        }

        venue.Place(2, side, 100, 1); // The last trade is at 100.
        venue.Accept(
            new UpdateInstrument(new InstrumentId(Venue.Symbol), 0, 0, 0) { Rules = new OrderRules(0, 0, 1_000) });

        var outcome = venue.Place(2, side, protection, 6, type: OrderType.Market);

        Assert.Equal((OrderStatus.Expired, StatusReason.ProtectionPrice, 3L), Ended(outcome));
        Assert.Equal([(maker.Behind(11), 2L)], venue.Levels(maker));
    }

    private static Venue Market(int takerFee = 0)
    {
        var venue = Venue.Trading(funds: 10_000, takerFee: takerFee);
        venue.Accept(new SetFeatureLevel(FeatureLevels.OrderOptions));
        return venue;
    }

    private static CommandOutcome Spend(Venue venue, int account, long units) => venue.Send(
        Venue.Order(account, Side.Buy, 0, 0, type: OrderType.Market) with { QuoteQuantity = new Amount(units) },
        account);

    private static (OrderStatus, StatusReason, long) Ended(CommandOutcome outcome) =>
        (outcome.Order!.Status, outcome.Order.Reason, outcome.Order.Filled.Lots);
}
