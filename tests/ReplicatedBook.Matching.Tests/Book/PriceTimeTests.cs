using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of price-time priority.</summary>
public sealed class PriceTimeTests
{
    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "1 fifo_same_price")]
    public void Older_order_fills_first_at_one_price(Side maker)
    {
        var venue = Venue.Trading();
        var first = venue.Place(1, maker, 100, 5).Order!;
        var second = venue.Place(2, maker, 100, 5).Order!;

        var fills = venue.Place(3, maker.Opposite(), 100, 7).Fills;

        Assert.Equal([(first.Id, 5L), (second.Id, 2L)], fills.Select(f => (f.MakerOrder, f.Quantity.Lots)));
    }

    [Fact]
    [Trait("MatchingScenario", "2 best_price_first_both_sides")]
    public void Better_price_fills_first_on_both_sides()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 101, 1);
        venue.Place(1, Side.Sell, 100, 1);
        venue.Place(1, Side.Sell, 102, 1);
        venue.Place(1, Side.Buy, 98, 1);
        venue.Place(1, Side.Buy, 99, 1);
        venue.Place(1, Side.Buy, 97, 1);

        Assert.Equal([100, 101, 102], venue.Place(2, Side.Buy, 200, 3).Fills.Select(f => f.Price.Ticks));
        Assert.Equal([99, 98, 97], venue.Place(2, Side.Sell, 1, 3).Fills.Select(f => f.Price.Ticks));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "3 price_priority_reverse_arrival")]
    public void Better_price_that_came_last_fills_first(Side maker)
    {
        var venue = Venue.Trading();
        var worst = venue.Place(1, maker, maker.Behind(2), 1).Order!.Id;
        var middle = venue.Place(2, maker, maker.Behind(1), 1).Order!.Id;
        var best = venue.Place(1, maker, maker.Behind(0), 1).Order!.Id;

        var fills = venue.Place(3, maker.Opposite(), maker.Behind(2), 3).Fills;

        Assert.Equal([best, middle, worst], fills.Select(f => f.MakerOrder));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "4 trade_at_maker_price_buy_and_sell")]
    public void Trade_is_at_the_makers_price_for_buyers_and_sellers(Side maker)
    {
        var venue = Venue.Trading(funds: 1_000);
        venue.Place(1, maker, 100, 1);

        var fill = Assert.Single(venue.Place(2, maker.Opposite(), maker.Behind(50), 1).Fills);

        Assert.Equal((100L, 100L), (fill.Price.Ticks, venue.Events.Of<Trade>().Single().Price.Ticks));
        var (buyer, seller) = maker == Side.Buy ? (1, 2) : (2, 1);
        Assert.Equal((900L, 0L), venue.Balance(buyer, Venue.Quote));
        Assert.Equal((1_100L, 0L), venue.Balance(seller, Venue.Quote));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "5 exact_touch_crosses")]
    public void Exact_touch_crosses_and_one_tick_less_does_not(Side maker)
    {
        var venue = Venue.Trading();
        venue.Place(1, maker, 100, 1);

        Assert.Equal(OrderStatus.Open, venue.Place(2, maker.Opposite(), maker.Behind(-1), 1).Order!.Status);
        Assert.Equal(OrderStatus.Filled, venue.Place(3, maker.Opposite(), 100, 1).Order!.Status);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "6 limit_stops_at_own_price_residual_rests")]
    [Trait("MatchingScenario", "7 residual_becomes_bbo_and_is_fillable")]
    public void Limit_stops_at_its_own_price_and_the_rest_becomes_the_best_and_can_be_filled(Side maker)
    {
        var venue = Venue.Trading();
        venue.Place(1, maker, maker.Behind(0), 2);
        venue.Place(1, maker, maker.Behind(2), 2);
        venue.Place(3, maker.Opposite(), maker.Behind(-1), 9);

        var order = venue.Place(2, maker.Opposite(), maker.Behind(1), 5).Order!;

        Assert.Equal((OrderStatus.Open, 2L, 3L), (order.Status, order.Filled.Lots, order.Remaining.Lots));
        Assert.Equal([(maker.Behind(1), 3L), (maker.Behind(-1), 9L)], venue.Levels(maker.Opposite()));
        Assert.Equal([(maker.Behind(2), 2L)], venue.Levels(maker));
        Assert.Equal(order.Id, Assert.Single(venue.Place(1, maker, maker.Behind(1), 3).Fills).MakerOrder);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "8 exact_multilevel_boundary_leaves_nothing")]
    [Trait("MatchingScenario", "12 no_phantom_zero_qty_trade_on_exact_exhaust")]
    public void Exact_sweep_of_several_levels_leaves_nothing_and_makes_no_empty_trade(Side maker)
    {
        var venue = Venue.Trading();
        venue.Place(1, maker, maker.Behind(0), 2);
        venue.Place(1, maker, maker.Behind(1), 3);
        venue.Place(1, maker, maker.Behind(2), 4);

        var outcome = venue.Place(2, maker.Opposite(), maker.Behind(2), 5);

        Assert.Equal(OrderStatus.Filled, outcome.Order!.Status);
        Assert.Equal([2L, 3L], outcome.Fills.Select(f => f.Quantity.Lots));
        Assert.Equal([(maker.Behind(2), 4L)], venue.Levels(maker));
        Assert.Equal([4L], venue.Place(2, maker.Opposite(), maker.Behind(2), 4).Fills.Select(f => f.Quantity.Lots));
        Assert.Empty(venue.Book().Asks);
        Assert.Empty(venue.Book().Bids);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "9 partial_fill_keeps_maker_at_head")]
    [Trait("MatchingScenario", "10 partial_maker_keeps_head_across_two_takers")]
    public void Partly_filled_maker_keeps_the_head_of_its_queue_across_two_takers(Side maker)
    {
        var venue = Venue.Trading();
        var first = venue.Place(1, maker, 100, 10).Order!;
        var second = venue.Place(2, maker, 100, 10).Order!;

        Assert.Equal(first.Id, Assert.Single(venue.Place(3, maker.Opposite(), 100, 4).Fills).MakerOrder);
        Assert.Equal([first.Id.Value, second.Id.Value], venue.Queue(maker));
        Assert.Equal(first.Id, Assert.Single(venue.Place(3, maker.Opposite(), 100, 4).Fills).MakerOrder);
        Assert.Equal([2, 2], venue.Place(3, maker.Opposite(), 100, 4).Fills.Select(f => f.Quantity.Lots));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [Trait("MatchingScenario", "11 deep_sweep_5000_makers_iterative")]
    public void Sweep_of_5000_makers_fills_them_all_in_order(int levels)
    {
        var venue = Venue.Trading(limits: new ExchangeLimits { MaxTrades = 10_000 });
        var events = new EventBuffer();
        for (var i = 0; i < 5_000; i++)
        {
            var price = 100 + (i % levels);
            var ask = new OrderTicket { Account = 1, Instrument = 1, Side = Side.Sell, Price = price, Lots = 1 };
            venue.Exchange.Begin(venue.Exchange.AppliedIndex + 1, new Timestamp(venue.Time), events);
            Assert.Equal(RejectReason.None, venue.Exchange.Place(new UserId(1), in ask));
        }

        var fills = venue.Place(2, Side.Buy, 200, 5_000).Fills;

        Assert.Equal(5_000, fills.Count);
        Assert.Equal(
            fills.OrderBy(f => f.Price.Ticks).ThenBy(f => f.MakerOrder.Value).Select(f => f.Trade),
            fills.Select(f => f.Trade));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "13 post_sweep_book_never_crossed")]
    public void After_a_sweep_the_rest_stands_between_what_it_left_and_what_it_took(Side maker)
    {
        var venue = Venue.Trading();
        for (var ticks = 0; ticks < 10; ticks++)
        {
            venue.Place(1, maker, maker.Behind(ticks), 3);
            venue.Place(2, maker.Opposite(), maker.Behind(-1 - ticks), 3);
        }

        venue.Place(3, maker.Opposite(), maker.Behind(4), 100);

        Assert.Equal((maker.Behind(4), 85L), venue.Levels(maker.Opposite()).First());
        Assert.Equal((maker.Behind(5), 3L), venue.Levels(maker).First());
        Assert.True(venue.Book().Bids[0].Price.Ticks < venue.Book().Asks[0].Price.Ticks);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "14 empty_book_take")]
    public void In_an_empty_book_nothing_trades_and_only_what_may_wait_rests(Side side)
    {
        var venue = Venue.Trading();
        Assert.Equal(
            OrderStatus.Expired, venue.Place(1, side, 100, 1, TimeInForce.ImmediateOrCancel).Order!.Status);
        Assert.Equal(OrderStatus.Expired, venue.Place(1, side, 100, 1, TimeInForce.FillOrKill).Order!.Status);
        Assert.Equal(OrderStatus.Expired, venue.Market(1, side, 1).Order!.Status);
        Assert.Empty(venue.Queue(side));
        Assert.Equal(OrderStatus.Open, venue.Place(1, side, 100, 1).Order!.Status);
        Assert.Equal([(100L, 1L)], venue.Levels(side));
        Assert.Empty(venue.Events.Of<Trade>());
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "15 one_sided_book")]
    public void Orders_of_one_side_never_meet_and_the_other_side_stays_empty(Side side)
    {
        var venue = Venue.Trading();
        Assert.Equal(OrderStatus.Open, venue.Place(1, side, side.Behind(1), 1).Order!.Status);
        Assert.Equal(OrderStatus.Open, venue.Place(2, side, side.Behind(0), 1).Order!.Status);
        Assert.Equal(OrderStatus.Expired, venue.Market(3, side, 1).Order!.Status);
        Assert.Equal([(side.Behind(0), 1L), (side.Behind(1), 1L)], venue.Levels(side));
        Assert.Empty(venue.Levels(side.Opposite()));
    }

    [Fact]
    public void Events_of_a_placement_are_acceptance_then_trades_then_the_end()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 2);
        venue.Events.Clear();

        venue.Place(2, Side.Buy, 100, 5, TimeInForce.ImmediateOrCancel);

        Assert.Equal(
            [typeof(OrderAccepted), typeof(Trade), typeof(OrderExpired)], venue.Events.All.Select(e => e.GetType()));
        Assert.Equal(0, venue.Events.Of<Trade>().Single().MakerRemaining.Lots);
    }

    [Fact]
    [Trait("MatchingScenario", "114 event_seq_gapless")]
    public void Ids_of_orders_and_trades_are_given_from_1_without_gaps_and_refusals_take_none()
    {
        var venue = Venue.Trading();
        Assert.Equal(1, venue.Place(1, Side.Sell, 100, 1).Order!.Id.Value);
        Assert.Equal(RejectReason.QuantityNotPositive, venue.Place(1, Side.Sell, 100, 0).Reason);
        var taker = venue.Place(2, Side.Buy, 100, 1);
        Assert.Equal((2L, 1L), (taker.Order!.Id.Value, taker.Fills[0].Trade.Value));
    }
}
