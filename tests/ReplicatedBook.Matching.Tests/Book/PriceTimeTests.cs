using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of price-time priority.</summary>
public sealed class PriceTimeTests
{
    [Fact]
    public void Older_order_fills_first_at_one_price()
    {
        var venue = Venue.Trading();
        var first = venue.Place(1, Side.Sell, 100, 5).Order!;
        var second = venue.Place(2, Side.Sell, 100, 5).Order!;

        var fills = venue.Place(3, Side.Buy, 100, 7).Fills;

        Assert.Equal([(first.Id, 5L), (second.Id, 2L)], fills.Select(f => (f.MakerOrder, f.Quantity.Lots)));
    }

    [Fact]
    public void Better_price_fills_first_whatever_the_time_on_both_sides()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 102, 1);
        venue.Place(1, Side.Sell, 101, 1);
        venue.Place(1, Side.Sell, 100, 1);
        venue.Place(1, Side.Buy, 97, 1);
        venue.Place(1, Side.Buy, 98, 1);
        venue.Place(1, Side.Buy, 99, 1);

        Assert.Equal([100, 101, 102], venue.Place(2, Side.Buy, 200, 3).Fills.Select(f => f.Price.Ticks));
        Assert.Equal([99, 98, 97], venue.Place(2, Side.Sell, 1, 3).Fills.Select(f => f.Price.Ticks));
    }

    [Fact]
    public void Trade_is_at_the_makers_price_for_buyers_and_sellers()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 1);
        Assert.Equal(100, Assert.Single(venue.Place(2, Side.Buy, 150, 1).Fills).Price.Ticks);
        venue.Place(1, Side.Buy, 100, 1);
        Assert.Equal(100, Assert.Single(venue.Place(2, Side.Sell, 50, 1).Fills).Price.Ticks);
    }

    [Fact]
    public void Exact_touch_crosses()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 1);

        Assert.Equal(OrderStatus.Filled, venue.Place(2, Side.Buy, 100, 1).Order!.Status);
    }

    [Fact]
    public void Limit_stops_at_its_own_price_and_the_rest_becomes_the_best_bid_and_can_be_filled()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 2);
        venue.Place(1, Side.Sell, 102, 2);

        var order = venue.Place(2, Side.Buy, 101, 5).Order!;

        Assert.Equal((OrderStatus.Open, 2L, 3L), (order.Status, order.Filled.Lots, order.Remaining.Lots));
        Assert.Equal((101L, 3L), (venue.Book().Bids[0].Price.Ticks, venue.Book().Bids[0].Quantity.Lots));
        Assert.Equal(102, venue.Book().Asks[0].Price.Ticks);
        Assert.Equal(order.Id, Assert.Single(venue.Place(3, Side.Sell, 101, 3).Fills).MakerOrder);
    }

    [Fact]
    public void Exact_sweep_of_several_levels_leaves_nothing_and_makes_no_empty_trade()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 2);
        venue.Place(1, Side.Sell, 101, 3);

        var outcome = venue.Place(2, Side.Buy, 101, 5);

        Assert.Equal(OrderStatus.Filled, outcome.Order!.Status);
        Assert.All(outcome.Fills, fill => Assert.True(fill.Quantity.Lots > 0));
        Assert.Equal(2, outcome.Fills.Count);
        Assert.Empty(venue.Book().Asks);
        Assert.Empty(venue.Book().Bids);
    }

    [Fact]
    public void Partly_filled_maker_keeps_the_head_of_its_queue_across_two_takers()
    {
        var venue = Venue.Trading();
        var first = venue.Place(1, Side.Sell, 100, 10).Order!;
        venue.Place(2, Side.Sell, 100, 10);

        Assert.Equal(first.Id, Assert.Single(venue.Place(3, Side.Buy, 100, 4).Fills).MakerOrder);
        Assert.Equal(first.Id, Assert.Single(venue.Place(3, Side.Buy, 100, 4).Fills).MakerOrder);
        Assert.Equal([2, 2], venue.Place(3, Side.Buy, 100, 4).Fills.Select(f => f.Quantity.Lots));
    }

    [Fact]
    public void Sweep_of_5000_makers_fills_them_all_in_order()
    {
        var venue = Venue.Trading(limits: new ExchangeLimits { MaxTrades = 10_000 });
        for (var i = 0; i < 5_000; i++)
        {
            var price = 100 + (i % 7);
            var ask = new OrderTicket { Account = 1, Instrument = 1, Side = Side.Sell, Price = price, Lots = 1 };
            venue.Exchange.Begin(venue.Exchange.AppliedIndex + 1, new Timestamp(venue.Time), venue.Events);
            Assert.Equal(RejectReason.None, venue.Exchange.Place(new UserId(1), in ask));
        }

        var fills = venue.Place(2, Side.Buy, 200, 5_000).Fills;

        Assert.Equal(5_000, fills.Count);
        Assert.Equal(
            fills.OrderBy(f => f.Price.Ticks).ThenBy(f => f.MakerOrder.Value).Select(f => f.Trade),
            fills.Select(f => f.Trade));
    }

    [Fact]
    public void Order_in_an_empty_book_rests_and_the_other_side_stays_empty()
    {
        var venue = Venue.Trading();
        Assert.Equal(OrderStatus.Open, venue.Place(1, Side.Buy, 100, 1).Order!.Status);
        Assert.Equal(OrderStatus.Open, venue.Place(1, Side.Buy, 101, 1).Order!.Status);
        Assert.Empty(venue.Book().Asks);
        Assert.Equal(2, venue.Book().Bids.Count);
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
    public void Ids_of_orders_and_trades_are_given_from_1_without_gaps_and_refusals_take_none()
    {
        var venue = Venue.Trading();
        Assert.Equal(1, venue.Place(1, Side.Sell, 100, 1).Order!.Id.Value);
        Assert.Equal(RejectReason.QuantityNotPositive, venue.Place(1, Side.Sell, 100, 0).Reason);
        var taker = venue.Place(2, Side.Buy, 100, 1);
        Assert.Equal((2L, 1L), (taker.Order!.Id.Value, taker.Fills[0].Trade.Value));
    }
}
