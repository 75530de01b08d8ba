using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of self-trade prevention.</summary>
public sealed class SelfTradeTests
{
    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "68 cancel_newest_after_filling_others_ahead")]
    public void Cancel_taker_fills_others_ahead_and_then_ends(Side maker)
    {
        var (venue, own) = OthersThenOwn(maker);
        var outcome = Take(venue, maker, 10, SelfTradePrevention.CancelTaker);
        Assert.Equal(
            (OrderStatus.Canceled, StatusReason.SelfTrade, 3L),
            (outcome.Order!.Status, outcome.Order.Reason, outcome.Order.Filled.Lots));
        Assert.Equal(own, venue.Queue(maker)[0]);
        Assert.Empty(venue.Queue(maker.Opposite()));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "69 cancel_oldest_then_continue")]
    public void Cancel_maker_goes_on_behind_the_own_order(Side maker)
    {
        var (venue, own) = OthersThenOwn(maker);
        var outcome = Take(venue, maker, 7, SelfTradePrevention.CancelMaker);
        Assert.Equal((OrderStatus.Open, 6L), (outcome.Order!.Status, outcome.Order.Filled.Lots));
        Assert.Equal(StatusReason.SelfTrade, venue.Exchange.FindOrder(new OrderId(own))!.Reason);
        Assert.Equal(
            [typeof(OrderAccepted), typeof(Trade), typeof(OrderCanceled), typeof(Trade)],
            venue.Events.All.Select(e => e.GetType()));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "70 cancel_both")]
    public void Cancel_both_ends_both_the_maker_first(Side maker)
    {
        var (venue, own) = OthersThenOwn(maker);
        var outcome = Take(venue, maker, 10, SelfTradePrevention.CancelBoth);
        Assert.Equal(
            [own, outcome.Order!.Id.Value], venue.Events.Of<OrderCanceled>().Select(e => e.Order.Value));
        Assert.Single(venue.Queue(maker));
        Assert.Equal(3, outcome.Order.Filled.Lots);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "71 decrement_incoming_larger")]
    public void Decrement_of_a_larger_taker_cancels_the_maker_and_goes_on(Side maker)
    {
        var (venue, own) = OthersThenOwn(maker);
        var order = Take(venue, maker, 12, SelfTradePrevention.Decrement).Order!;
        Assert.Equal((7L, 6L, 1L), (order.Quantity.Lots, order.Filled.Lots, order.Remaining.Lots));
        Assert.Equal(OrderStatus.Canceled, venue.Exchange.FindOrder(new OrderId(own))!.Status);
        Assert.Equal([order.Id.Value], venue.Queue(maker.Opposite()));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "72 decrement_smaller")]
    [Trait("MatchingScenario", "77 STP_releases_reservations")]
    public void Decrement_of_a_smaller_taker_cancels_the_taker_and_shrinks_the_maker_in_its_place(Side maker)
    {
        var (venue, own) = OthersThenOwn(maker);
        var outcome = Take(venue, maker, 5, SelfTradePrevention.Decrement);
        Assert.Equal((OrderStatus.Canceled, 3L), (outcome.Order!.Status, outcome.Order.Filled.Lots));
        var kept = venue.Exchange.FindOrder(new OrderId(own))!;
        Assert.Equal((OrderStatus.Open, 3L, 3L), (kept.Status, kept.Remaining.Lots, kept.Quantity.Lots));
        Assert.Equal(maker == Side.Buy ? 300 : 3, venue.Funds(2, maker).Reserved);
        Assert.Equal(own, venue.Queue(maker)[0]);
        Assert.Equal(
            (new OrderId(own), true), venue.Events.Of<OrderAmended>().Select(e => (e.Order, e.KeptPriority)).Single());
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "73 decrement_equal_both_go")]
    public void Decrement_of_equal_orders_cancels_both(Side maker)
    {
        var (venue, own) = OthersThenOwn(maker);
        var outcome = Take(venue, maker, 8, SelfTradePrevention.Decrement);
        Assert.Equal([own, outcome.Order!.Id.Value], venue.Events.Of<OrderCanceled>().Select(e => e.Order.Value));
        Assert.Equal(3, outcome.Order.Filled.Lots);
    }

    [Fact]
    [Trait("MatchingScenario", "74 taker_flag_wins")]
    public void Takers_flag_decides_whatever_the_makers()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 1, stp: SelfTradePrevention.CancelTaker);
        Assert.Single(venue.Place(1, Side.Buy, 100, 1, stp: SelfTradePrevention.None).Fills);
        venue.Place(1, Side.Sell, 100, 1, stp: SelfTradePrevention.None);
        Assert.Empty(venue.Place(1, Side.Buy, 100, 1, stp: SelfTradePrevention.CancelTaker).Fills);
    }

    [Theory]
    [InlineData(SelfTradePrevention.CancelTaker, 10, 0)]
    [InlineData(SelfTradePrevention.CancelMaker, 0, 1_010)]
    [InlineData(SelfTradePrevention.CancelBoth, 0, 0)]
    [InlineData(SelfTradePrevention.Decrement, 0, 0)]
    [Trait("MatchingScenario", "75 no_trade_event_or_fee_on_prevented")]
    [Trait("MatchingScenario", "77 STP_releases_reservations")]
    public void Prevented_trade_costs_no_fee_and_gives_back_what_is_reserved_for_what_it_ends(
        SelfTradePrevention mode, long baseReserved, long quoteReserved)
    {
        var venue = Venue.Trading(funds: 10_000, makerFee: 100, takerFee: 100);
        venue.Place(1, Side.Sell, 100, 10);
        venue.Place(1, Side.Buy, 100, 10, stp: mode);

        Assert.Equal((10_000 - baseReserved, baseReserved), venue.Balance(1, Venue.Base));
        Assert.Equal((10_000 - quoteReserved, quoteReserved), venue.Balance(1, Venue.Quote));
        Assert.All(venue.Exchange.Conservation(), asset => Assert.Equal(0, asset.Fees.Units));
        Assert.Empty(venue.Events.Of<Trade>());
        Assert.Empty(venue.Exchange.Trades(new InstrumentId(1), default, 10));
    }

    [Fact]
    [Trait("MatchingScenario", "76 different_accounts_unaffected")]
    public void Different_accounts_trade_whatever_the_flag()
    {
        foreach (var mode in Enum.GetValues<SelfTradePrevention>())
        {
            var venue = Venue.Trading();
            venue.Place(1, Side.Sell, 100, 1);
            Assert.Single(venue.Place(2, Side.Buy, 100, 1, stp: mode).Fills);
        }
    }

    /// <summary>Resting: 3 lots of account 1, then 5 of account 2 at the same price, then 3 of account 3
    /// behind.</summary>
    private static (Venue Venue, long Own) OthersThenOwn(Side maker)
    {
        var venue = Venue.Trading();
        venue.Place(1, maker, maker.Behind(0), 3);
        var own = venue.Place(2, maker, maker.Behind(0), 5).Order!.Id.Value;
        venue.Place(3, maker, maker.Behind(1), 3);
        venue.Events.Clear();
        return (venue, own);
    }

    private static CommandOutcome Take(Venue venue, Side maker, long lots, SelfTradePrevention mode) =>
        venue.Place(2, maker.Opposite(), maker.Behind(1), lots, stp: mode);
}
