using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of order types and times in force.</summary>
public sealed class TimeInForceTests
{
    [Fact]
    public void Immediate_or_cancel_trades_what_it_can_and_the_rest_expires()
    {
        var venue = Venue.Trading();
        Assert.Equal(
            (OrderStatus.Expired, StatusReason.ImmediateOrCancel, 0L),
            Ended(venue, venue.Place(2, Side.Buy, 100, 5, TimeInForce.ImmediateOrCancel)));
        venue.Place(1, Side.Sell, 100, 3);
        Assert.Equal(
            (OrderStatus.Expired, StatusReason.ImmediateOrCancel, 3L),
            Ended(venue, venue.Place(2, Side.Buy, 100, 5, TimeInForce.ImmediateOrCancel)));
        venue.Place(1, Side.Sell, 100, 5);
        Assert.Equal(
            (OrderStatus.Filled, StatusReason.None, 5L),
            Ended(venue, venue.Place(2, Side.Buy, 100, 5, TimeInForce.ImmediateOrCancel)));
    }

    [Fact]
    public void Fill_or_kill_fills_whole_over_several_levels_and_makers()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 2);
        venue.Place(3, Side.Sell, 100, 2);
        venue.Place(1, Side.Sell, 101, 2);

        var outcome = venue.Place(2, Side.Buy, 101, 6, TimeInForce.FillOrKill);

        Assert.Equal((OrderStatus.Filled, 3), (outcome.Order!.Status, outcome.Fills.Count));
    }

    [Fact]
    public void Fill_or_kill_one_lot_short_expires_without_touching_a_maker()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 5);
        venue.Place(1, Side.Sell, 101, 5); // Beyond the limit: does not count.
        var queue = venue.Queue(Side.Sell);
        venue.Events.Clear();

        var outcome = venue.Place(2, Side.Buy, 100, 6, TimeInForce.FillOrKill);

        Assert.Equal((OrderStatus.Expired, StatusReason.FillOrKill, 0L), Ended(venue, outcome));
        Assert.Equal([typeof(OrderAccepted), typeof(OrderExpired)], venue.Events.All.Select(e => e.GetType()));
        Assert.Equal(queue, venue.Queue(Side.Sell));
    }

    [Fact]
    public void Fill_or_kill_does_not_count_own_orders_unless_they_may_trade()
    {
        foreach (var (mode, filled) in new[]
        {
            (SelfTradePrevention.CancelTaker, 0), (SelfTradePrevention.CancelMaker, 6), (
                SelfTradePrevention.CancelBoth, 0),
            (SelfTradePrevention.Decrement, 0), (SelfTradePrevention.None, 6),
        })
        {
            var venue = Venue.Trading();
            venue.Place(1, Side.Sell, 100, 3);
            venue.Place(2, Side.Sell, 100, 3);
            venue.Place(1, Side.Sell, 100, 3);

            var outcome = venue.Place(2, Side.Buy, 100, 6, TimeInForce.FillOrKill, stp: mode);

            Assert.Equal(filled, outcome.Order!.Filled.Lots);
            Assert.Equal(filled == 0 ? StatusReason.FillOrKill : StatusReason.None, outcome.Order.Reason);
        }
    }

    [Fact]
    public void Market_order_in_an_empty_book_expires_for_want_of_liquidity()
    {
        var venue = Venue.Trading();
        Assert.Equal((OrderStatus.Expired, StatusReason.NoLiquidity, 0L), Ended(venue, venue.Market(1, Side.Buy, 5)));
        Assert.Equal((OrderStatus.Expired, StatusReason.NoLiquidity, 0L), Ended(venue, venue.Market(1, Side.Sell, 5)));
    }

    [Fact]
    public void Market_order_trades_at_any_price_and_its_rest_expires()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 2);
        venue.Place(1, Side.Sell, 5_000, 2);

        Assert.Equal((OrderStatus.Expired, StatusReason.NoLiquidity, 4L), Ended(venue, venue.Market(2, Side.Buy, 5)));
        Assert.Empty(venue.Queue(Side.Buy));
    }

    [Fact]
    public void Market_buy_ends_where_its_funds_end()
    {
        var venue = Venue.Trading(funds: 1_000, takerFee: 100);
        venue.Place(1, Side.Sell, 100, 4);
        venue.Place(1, Side.Sell, 200, 4);

        // 4 x 100 + 1 % = 404; two more at 200 + 1 % make 808; a third would make 1,010.
        var outcome = venue.Market(2, Side.Buy, 8);

        Assert.Equal((OrderStatus.Expired, StatusReason.InsufficientFunds, 6L), Ended(venue, outcome));
        Assert.Equal((192L, 0L), venue.Balance(2, Venue.Quote));
    }

    [Fact]
    public void Market_buy_that_cannot_pay_one_lot_is_refused()
    {
        var venue = Venue.Trading(funds: 100, takerFee: 1);
        venue.Place(1, Side.Sell, 100, 1);

        var outcome = venue.Market(2, Side.Buy, 1);

        Assert.Equal(RejectReason.InsufficientFunds, outcome.Reason);
        Assert.Equal(
            (101L, 100L, Venue.Quote), (outcome.Needed.Units, outcome.Available.Units, outcome.FundsAsset.Value));
    }

    [Fact]
    public void Market_buy_fill_or_kill_that_cannot_pay_all_lots_buys_none()
    {
        var venue = Venue.Trading(funds: 1_000);
        venue.Place(1, Side.Sell, 100, 11);

        Assert.Equal(
            (OrderStatus.Expired, StatusReason.InsufficientFunds, 0L),
            Ended(venue, venue.Market(2, Side.Buy, 11, TimeInForce.FillOrKill)));
        Assert.Equal(
            (OrderStatus.Filled, StatusReason.None, 10L),
            Ended(venue, venue.Market(2, Side.Buy, 10, TimeInForce.FillOrKill)));
    }

    [Fact]
    public void Post_only_order_that_would_match_is_refused_also_at_the_touch()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 1);
        venue.Place(1, Side.Buy, 90, 1);

        Assert.Equal(RejectReason.PostOnlyWouldTake, venue.Place(2, Side.Buy, 105, 1, postOnly: true).Reason);
        Assert.Equal(RejectReason.PostOnlyWouldTake, venue.Place(2, Side.Buy, 100, 1, postOnly: true).Reason);
        Assert.Equal(RejectReason.PostOnlyWouldTake, venue.Place(2, Side.Sell, 90, 1, postOnly: true).Reason);
        Assert.Equal(OrderStatus.Open, venue.Place(2, Side.Buy, 99, 1, postOnly: true).Order!.Status);
        Assert.Equal(OrderStatus.Open, venue.Place(2, Side.Sell, 100, 1, postOnly: true).Order!.Status);
    }

    [Fact]
    public void Post_only_goes_with_resting_limit_orders_only()
    {
        var venue = Venue.Trading();
        Assert.Equal(
            RejectReason.PostOnlyInvalid,
            venue.Place(1, Side.Buy, 9, 1, TimeInForce.ImmediateOrCancel, postOnly: true).Reason);
        Assert.Equal(
            RejectReason.PostOnlyInvalid,
            venue.Place(1, Side.Buy, 9, 1, TimeInForce.FillOrKill, postOnly: true).Reason);
        Assert.Equal(
            RejectReason.PostOnlyInvalid,
            venue.Place(1, Side.Buy, 0, 1, postOnly: true, type: OrderType.Market).Reason);
    }

    private static (OrderStatus, StatusReason, long) Ended(Venue venue, Matching.Views.CommandOutcome outcome)
    {
        Assert.Equal(outcome.Order, venue.Exchange.FindOrder(outcome.Order!.Id));
        return (outcome.Order.Status, outcome.Order.Reason, outcome.Order.Filled.Lots);
    }
}
