using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of self-trade prevention.</summary>
public sealed class SelfTradeTests
{
    [Fact]
    public void Cancel_taker_fills_others_ahead_and_then_ends()
    {
        var (venue, own) = OthersThenOwn();
        var outcome = venue.Place(2, Side.Buy, 101, 10, stp: SelfTradePrevention.CancelTaker);
        Assert.Equal(
            (OrderStatus.Canceled, StatusReason.SelfTrade, 3L),
            (outcome.Order!.Status, outcome.Order.Reason, outcome.Order.Filled.Lots));
        Assert.Equal(own, venue.Queue(Side.Sell)[0]);
    }

    [Fact]
    public void Cancel_maker_goes_on_behind_the_own_order()
    {
        var (venue, own) = OthersThenOwn();
        var outcome = venue.Place(2, Side.Buy, 101, 7, stp: SelfTradePrevention.CancelMaker);
        Assert.Equal((OrderStatus.Open, 6L), (outcome.Order!.Status, outcome.Order.Filled.Lots));
        Assert.Equal(StatusReason.SelfTrade, venue.Exchange.FindOrder(new OrderId(own))!.Reason);
        Assert.Equal(
            [typeof(OrderAccepted), typeof(Trade), typeof(OrderCanceled), typeof(Trade)],
            venue.Events.All.Select(e => e.GetType()));
    }

    [Fact]
    public void Cancel_both_ends_both_the_maker_first()
    {
        var (venue, own) = OthersThenOwn();
        var outcome = venue.Place(2, Side.Buy, 101, 10, stp: SelfTradePrevention.CancelBoth);
        Assert.Equal(
            [own, outcome.Order!.Id.Value], venue.Events.Of<OrderCanceled>().Select(e => e.Order.Value));
        Assert.Single(venue.Queue(Side.Sell));
    }

    [Fact]
    public void Decrement_of_a_larger_taker_cancels_the_maker_and_goes_on()
    {
        var (venue, own) = OthersThenOwn();
        var outcome = venue.Place(2, Side.Buy, 101, 12, stp: SelfTradePrevention.Decrement);
        var order = outcome.Order!;
        Assert.Equal((7L, 6L, 1L), (order.Quantity.Lots, order.Filled.Lots, order.Remaining.Lots));
        Assert.Equal(OrderStatus.Canceled, venue.Exchange.FindOrder(new OrderId(own))!.Status);
    }

    [Fact]
    public void Decrement_of_a_smaller_taker_cancels_the_taker_and_shrinks_the_maker_in_its_place()
    {
        var (venue, own) = OthersThenOwn();
        var outcome = venue.Place(2, Side.Buy, 101, 5, stp: SelfTradePrevention.Decrement);
        Assert.Equal((OrderStatus.Canceled, 3L), (outcome.Order!.Status, outcome.Order.Filled.Lots));
        var maker = venue.Exchange.FindOrder(new OrderId(own))!;
        Assert.Equal((OrderStatus.Open, 3L, 3L), (maker.Status, maker.Remaining.Lots, maker.Quantity.Lots));
        Assert.Equal(own, venue.Queue(Side.Sell)[0]);
        Assert.Equal(
            (new OrderId(own), true), venue.Events.Of<OrderAmended>().Select(e => (e.Order, e.KeptPriority)).Single());
    }

    [Fact]
    public void Decrement_of_equal_orders_cancels_both()
    {
        var (venue, own) = OthersThenOwn();
        var outcome = venue.Place(2, Side.Buy, 101, 8, stp: SelfTradePrevention.Decrement);
        Assert.Equal([own, outcome.Order!.Id.Value], venue.Events.Of<OrderCanceled>().Select(e => e.Order.Value));
    }

    [Fact]
    public void Takers_flag_decides_whatever_the_makers()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 1, stp: SelfTradePrevention.CancelTaker);
        Assert.Single(venue.Place(1, Side.Buy, 100, 1, stp: SelfTradePrevention.None).Fills);
        venue.Place(1, Side.Sell, 100, 1, stp: SelfTradePrevention.None);
        Assert.Empty(venue.Place(1, Side.Buy, 100, 1, stp: SelfTradePrevention.CancelTaker).Fills);
    }

    [Fact]
    public void Prevented_trade_costs_no_fee_and_gives_reservations_back()
    {
        var venue = Venue.Trading(funds: 10_000, makerFee: 100, takerFee: 100);
        venue.Place(1, Side.Sell, 100, 10);
        venue.Place(1, Side.Buy, 100, 10, stp: SelfTradePrevention.CancelBoth);

        Assert.Equal((10_000L, 0L), venue.Balance(1, Venue.Base));
        Assert.Equal((10_000L, 0L), venue.Balance(1, Venue.Quote));
        Assert.All(venue.Exchange.Conservation(), asset => Assert.Equal(0, asset.Fees.Units));
        Assert.Empty(venue.Exchange.Trades(new InstrumentId(1), default, 10));
    }

    [Fact]
    public void Different_accounts_trade_whatever_the_flag()
    {
        foreach (var mode in Enum.GetValues<SelfTradePrevention>())
        {
            var venue = Venue.Trading();
            venue.Place(1, Side.Sell, 100, 1);
            Assert.Single(venue.Place(2, Side.Buy, 100, 1, stp: mode).Fills);
        }
    }

    /// <summary>Asks: 3 lots of account 1, then 5 of account 2 at the same price, then 3 of account 3 behind.</summary>
    private static (Venue Venue, long Own) OthersThenOwn()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 3);
        var own = venue.Place(2, Side.Sell, 100, 5).Order!.Id.Value;
        venue.Place(3, Side.Sell, 101, 3);
        venue.Events.Clear();
        return (venue, own);
    }
}
