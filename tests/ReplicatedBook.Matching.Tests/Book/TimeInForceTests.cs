using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of order types and times in force.</summary>
public sealed class TimeInForceTests
{
    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "49 ioc_no_match")]
    [Trait("MatchingScenario", "50 ioc_partial_residual_cancelled_not_rested")]
    [Trait("MatchingScenario", "51 ioc_full")]
    public void Immediate_or_cancel_trades_what_it_can_and_the_rest_expires(Side side)
    {
        var venue = Venue.Trading();
        venue.Place(3, side.Opposite(), side.Behind(-1), 5); // One tick too far.
        Assert.Equal(
            (OrderStatus.Expired, StatusReason.ImmediateOrCancel, 0L),
            Ended(venue, venue.Place(2, side, 100, 5, TimeInForce.ImmediateOrCancel)));
        venue.Place(1, side.Opposite(), 100, 3);
        Assert.Equal(
            (OrderStatus.Expired, StatusReason.ImmediateOrCancel, 3L),
            Ended(venue, venue.Place(2, side, 100, 5, TimeInForce.ImmediateOrCancel)));
        Assert.Equal(2, venue.Events.Of<OrderExpired>().Last().Remaining.Lots);
        venue.Place(1, side.Opposite(), 100, 5);
        Assert.Equal(
            (OrderStatus.Filled, StatusReason.None, 5L),
            Ended(venue, venue.Place(2, side, 100, 5, TimeInForce.ImmediateOrCancel)));
        Assert.Empty(venue.Queue(side));
        Assert.Equal(0, venue.Funds(2, side).Reserved);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "52 fok_exact")]
    [Trait("MatchingScenario", "53 fok_multi_level_multi_maker_fills")]
    public void Fill_or_kill_fills_whole_over_several_levels_and_makers(Side side)
    {
        var maker = side.Opposite();
        var venue = Venue.Trading();
        venue.Place(1, maker, maker.Behind(0), 2);
        Assert.Equal(
            (OrderStatus.Filled, StatusReason.None, 2L),
            Ended(venue, venue.Place(2, side, 100, 2, TimeInForce.FillOrKill)));
        venue.Place(1, maker, maker.Behind(0), 2);
        venue.Place(3, maker, maker.Behind(0), 2);
        venue.Place(1, maker, maker.Behind(1), 2);

        var outcome = venue.Place(2, side, maker.Behind(1), 6, TimeInForce.FillOrKill);

        Assert.Equal(OrderStatus.Filled, outcome.Order!.Status);
        Assert.Equal(
            [(100L, 2L), (100L, 2L), (maker.Behind(1), 2L)],
            outcome.Fills.Select(f => (f.Price.Ticks, f.Quantity.Lots)));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "54 fok_one_short_kills_without_any_event_on_makers")]
    [Trait("MatchingScenario", "55 fok_liquidity_beyond_limit_not_counted")]
    public void Fill_or_kill_one_lot_short_expires_without_touching_a_maker(Side side)
    {
        var maker = side.Opposite();
        var venue = Venue.Trading();
        venue.Place(1, maker, maker.Behind(0), 5);
        venue.Place(1, maker, maker.Behind(1), 5); // Beyond the limit: does not count.
        var before = venue.Book(withOrders: true);
        var balances = venue.Exchange.Balances(new AccountId(1));
        venue.Events.Clear();

        var outcome = venue.Place(2, side, 100, 6, TimeInForce.FillOrKill);

        Assert.Equal((OrderStatus.Expired, StatusReason.FillOrKill, 0L), Ended(venue, outcome));
        Assert.Equal([typeof(OrderAccepted), typeof(OrderExpired)], venue.Events.All.Select(e => e.GetType()));
        Assert.Equivalent(before, venue.Book(withOrders: true), strict: true);
        Assert.Equal(balances, venue.Exchange.Balances(new AccountId(1)));
        Assert.Equal(
            (OrderStatus.Filled, StatusReason.None, 5L),
            Ended(venue, venue.Place(2, side, 100, 5, TimeInForce.FillOrKill)));
    }

    [Fact]
    [Trait("MatchingScenario", "56 fok_with_own_orders_under_STP")]
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
    [Trait("MatchingScenario", "57 market_empty_book_cancelled")]
    public void Market_order_in_an_empty_book_expires_for_want_of_liquidity()
    {
        var venue = Venue.Trading();
        Assert.Equal((OrderStatus.Expired, StatusReason.NoLiquidity, 0L), Ended(venue, venue.Market(1, Side.Buy, 5)));
        Assert.Equal((OrderStatus.Expired, StatusReason.NoLiquidity, 0L), Ended(venue, venue.Market(1, Side.Sell, 5)));
    }

    [Fact]
    [Trait("MatchingScenario", "58 market_insufficient_liquidity_residual_cancelled")]
    public void Market_order_trades_at_any_price_and_its_rest_expires()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 2);
        venue.Place(1, Side.Sell, 5_000, 2);
        Assert.Equal((OrderStatus.Expired, StatusReason.NoLiquidity, 4L), Ended(venue, venue.Market(2, Side.Buy, 5)));
        Assert.Empty(venue.Queue(Side.Buy));

        venue.Place(1, Side.Buy, 100, 2);
        venue.Place(1, Side.Buy, 1, 2);
        Assert.Equal((OrderStatus.Expired, StatusReason.NoLiquidity, 4L), Ended(venue, venue.Market(2, Side.Sell, 5)));
        Assert.Empty(venue.Queue(Side.Sell));
        Assert.Equal((0L, 0L), (venue.Balance(2, Venue.Quote).Reserved, venue.Balance(2, Venue.Base).Reserved));
    }

    [Fact]
    [Trait("MatchingScenario", "59 market_buy_with_funds_exhausted_mid_sweep")]
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
    [Trait("MatchingScenario", "61 post_only_crossing_rejected")]
    [Trait("MatchingScenario", "62 post_only_equal_to_touch_rejected")]
    [Trait("MatchingScenario", "63 post_only_rests")]
    public void Post_only_order_that_would_match_is_refused_also_at_the_touch()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 1);
        venue.Place(1, Side.Buy, 90, 1);

        Assert.Equal(RejectReason.PostOnlyWouldTake, venue.Place(2, Side.Buy, 105, 1, postOnly: true).Reason);
        Assert.Equal(RejectReason.PostOnlyWouldTake, venue.Place(2, Side.Buy, 100, 1, postOnly: true).Reason);
        Assert.Equal(RejectReason.PostOnlyWouldTake, venue.Place(2, Side.Sell, 85, 1, postOnly: true).Reason);
        Assert.Equal(RejectReason.PostOnlyWouldTake, venue.Place(2, Side.Sell, 90, 1, postOnly: true).Reason);
        Assert.Equal(OrderStatus.Open, venue.Place(2, Side.Buy, 99, 1, postOnly: true).Order!.Status);
        Assert.Equal(OrderStatus.Open, venue.Place(2, Side.Sell, 100, 1, postOnly: true).Order!.Status);
        Assert.Equal([(99L, 1L), (90L, 1L)], venue.Levels(Side.Buy));
        Assert.Equal([(100L, 2L)], venue.Levels(Side.Sell));
    }

    [Fact]
    [Trait("MatchingScenario", "64 post_only_with_IOC_FOK_or_market_invalid")]
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
