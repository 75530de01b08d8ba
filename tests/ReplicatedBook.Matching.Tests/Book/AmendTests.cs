using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of amending.</summary>
public sealed class AmendTests
{
    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "34 qty_decrease_keeps_priority")]
    public void Less_quantity_keeps_priority(Side side)
    {
        var (venue, first, second) = TwoOf(side);
        venue.Amend(1, first, quantity: 3);
        Assert.Equal([first.Id.Value, second.Id.Value], venue.Queue(side));
        Assert.Equal([(100L, 8L)], venue.Levels(side));
        Assert.True(venue.Events.Of<OrderAmended>().Single().KeptPriority);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "35 qty_increase_loses")]
    public void More_quantity_loses_priority(Side side)
    {
        var (venue, first, second) = TwoOf(side);
        venue.Amend(1, first, quantity: 6);
        Assert.Equal([second.Id.Value, first.Id.Value], venue.Queue(side));
        Assert.Equal([(100L, 11L)], venue.Levels(side));
        Assert.False(venue.Events.Of<OrderAmended>().Single().KeptPriority);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "36 price_change_loses")]
    public void Another_price_loses_priority_also_when_it_comes_back(Side side)
    {
        var (venue, first, second) = TwoOf(side);
        venue.Amend(1, first, price: side.Behind(1));
        venue.Amend(1, first, price: 100);
        Assert.Equal([second.Id.Value, first.Id.Value], venue.Queue(side));

        // Less quantity does not save the place when the price changes with it.
        venue.Amend(2, second, price: side.Behind(1), quantity: 4);
        venue.Amend(1, first, price: side.Behind(1), quantity: 4);
        Assert.Equal([second.Id.Value, first.Id.Value], venue.Queue(side));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "37 same_values_noop_keeps")]
    public void Same_values_change_nothing(Side side)
    {
        var (venue, first, second) = TwoOf(side);
        var before = SnapshotParts.WithoutPosition(venue.Snapshot());

        Assert.Equal(first, venue.Amend(1, first, price: 100, quantity: 5).Order);
        Assert.Equal(first, venue.Amend(1, first, price: 100).Order);
        Assert.Equal(first, venue.Amend(1, first, quantity: 5).Order);

        Assert.Equal([first.Id.Value, second.Id.Value], venue.Queue(side));
        Assert.Empty(venue.Events.All);
        Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));
    }

    [Theory]
    [InlineData(Side.Buy, 4)]
    [InlineData(Side.Buy, 3)]
    [InlineData(Side.Sell, 4)]
    [InlineData(Side.Sell, 1)]
    [Trait("MatchingScenario", "38 decrease_to_zero_or_below_filled_cancels_or_rejects")]
    public void Quantity_at_or_below_what_is_filled_cancels(Side side, long quantity)
    {
        var venue = Venue.Trading();
        var order = venue.Place(1, side, 100, 10).Order!;
        venue.Place(2, side.Opposite(), 100, 4);

        var outcome = venue.Amend(1, order, quantity: quantity);

        Assert.Equal(
            (OrderStatus.Canceled, StatusReason.AmendedToFilled, 4L),
            (outcome.Order!.Status, outcome.Order.Reason, outcome.Order.Filled.Lots));
        Assert.Empty(venue.Queue(side));
        Assert.Equal(0, venue.Funds(1, side).Reserved);
    }

    [Fact]
    [Trait("MatchingScenario", "38 decrease_to_zero_or_below_filled_cancels_or_rejects")]
    public void Quantity_of_zero_leaves_it_as_it_is_and_one_below_zero_is_refused()
    {
        var (venue, first, _) = TwoOf(Side.Sell);
        Assert.Equal(RejectReason.NothingToAmend, venue.Amend(1, first, quantity: 0).Reason);
        Assert.Equal(RejectReason.QuantityNotPositive, venue.Amend(1, first, quantity: -1).Reason);
        Assert.Equal(5, venue.Amend(1, first, price: 101, quantity: 0).Order!.Quantity.Lots);
    }

    [Fact]
    [Trait("MatchingScenario", "39 modify_into_cross_trades")]
    [Trait("MatchingScenario", "40 modify_into_cross_at_maker_price_not_own_limit")]
    public void Amendment_into_the_other_side_trades_at_the_makers_price_in_both_directions()
    {
        var venue = Venue.Trading();
        var ask = venue.Place(1, Side.Sell, 105, 2).Order!;
        var bid = venue.Place(2, Side.Buy, 100, 1).Order!;

        var sold = venue.Amend(1, ask, price: 90);
        Assert.Equal((100L, bid.Id), (sold.Fills.Single().Price.Ticks, sold.Fills.Single().MakerOrder));
        Assert.True(sold.Fills.Single().IsTaker);

        var lowBid = venue.Place(2, Side.Buy, 80, 1).Order!;
        var bought = venue.Amend(2, lowBid, price: 95);
        Assert.Equal((90L, ask.Id), (bought.Fills.Single().Price.Ticks, bought.Fills.Single().MakerOrder));
        Assert.Empty(venue.Queue(Side.Sell));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "44 fully_filling_crossing_modify_leaves_no_ghost_in_index")]
    public void Amendment_that_fills_the_order_whole_leaves_no_ghost(Side side)
    {
        var venue = Venue.Trading();
        venue.Place(1, side.Opposite(), 100, 5);
        var order = venue.Place(2, side, side.Behind(10), 5).Order!;
        var sibling = venue.Place(2, side, side.Behind(10), 5).Order!;

        Assert.Equal(OrderStatus.Filled, venue.Amend(2, order, price: 100).Order!.Status);

        Assert.Equal([sibling.Id.Value], venue.Queue(side));
        Assert.Empty(venue.Queue(side.Opposite()));
        Assert.Equal(RejectReason.OrderNotOpen, venue.Amend(2, order, price: 101).Reason);
        Assert.Equal(RejectReason.OrderNotOpen, venue.Cancel(2, order).Reason);
        Assert.Equal([sibling.Id], venue.Send(new CancelOrders(default, default, null), user: 2).Canceled);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "41 modify_partially_filled")]
    public void Partly_filled_order_is_amended_by_its_total(Side side)
    {
        var venue = Venue.Trading();
        var order = venue.Place(1, side, 100, 10).Order!;
        venue.Place(2, side.Opposite(), 100, 4);

        var less = venue.Amend(1, order, quantity: 7).Order!;
        Assert.Equal((7L, 4L, 3L), (less.Quantity.Lots, less.Filled.Lots, less.Remaining.Lots));

        var more = venue.Amend(1, order, price: side.Behind(1), quantity: 20).Order!;
        Assert.Equal((20L, 4L, 16L), (more.Quantity.Lots, more.Filled.Lots, more.Remaining.Lots));
        Assert.Equal(400, more.FilledValue);
        Assert.Equal([(side.Behind(1), 16L)], venue.Levels(side));
    }

    [Fact]
    [Trait("MatchingScenario", "42 stale_modify_rejected")]
    public void Amendment_with_another_expected_remainder_is_refused()
    {
        var venue = Venue.Trading();
        var order = venue.Place(1, Side.Sell, 100, 10).Order!;
        venue.Place(2, Side.Buy, 100, 1);
        Assert.Equal(RejectReason.RemainingMismatch, venue.Amend(1, order, quantity: 5, expected: 10).Reason);
        Assert.Equal(10, venue.Exchange.FindOrder(order.Id)!.Quantity.Lots);
        Assert.True(venue.Amend(1, order, quantity: 5, expected: 9).IsAccepted);
    }

    [Fact]
    [Trait("MatchingScenario", "42 stale_modify_rejected")]
    public void Amendment_of_an_order_that_has_ended_is_refused_and_shows_how_it_ended()
    {
        var (venue, first, second) = TwoOf(Side.Sell);
        venue.Place(3, Side.Buy, 100, 5);
        venue.Cancel(2, second);
        venue.Events.Clear();

        var filled = venue.Amend(1, first, price: 90);
        var canceled = venue.Amend(2, second, quantity: 50);

        Assert.Equal(
            (RejectReason.OrderNotOpen, OrderStatus.Filled), (filled.Reason, filled.Order!.Status));
        Assert.Equal(
            (RejectReason.OrderNotOpen, OrderStatus.Canceled), (canceled.Reason, canceled.Order!.Status));
        Assert.Empty(venue.Events.All);
        Assert.Empty(venue.Queue(Side.Sell));
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "43 sibling_at_same_level_survives_reprice")]
    public void Siblings_of_a_repriced_order_stay_where_they_are(Side side)
    {
        foreach (var moved in new[] { 0, 1, 2 })
        {
            var venue = Venue.Trading();
            var orders = Enumerable.Range(0, 3).Select(_ => venue.Place(1, side, 100, 2).Order!).ToList();
            venue.Amend(1, orders[moved], price: side.Behind(1));

            Assert.Equal([(100L, 4L), (side.Behind(1), 2L)], venue.Levels(side));
            var last = orders[moved];
            orders.RemoveAt(moved);
            var fills = venue.Place(2, side.Opposite(), side.Behind(1), 6).Fills;
            Assert.Equal([orders[0].Id, orders[1].Id, last.Id], fills.Select(f => f.MakerOrder));
        }
    }

    [Fact]
    [Trait("MatchingScenario", "45 modify_reserve_increase_insufficient_funds_rejected_original_intact")]
    public void Amendment_beyond_the_funds_is_refused_and_the_order_stays_as_it_was()
    {
        var venue = Venue.Trading(funds: 1_000);
        var order = venue.Place(1, Side.Buy, 100, 9).Order!;
        var behind = venue.Place(2, Side.Buy, 100, 1).Order!;

        var outcome = venue.Amend(1, order, price: 112);

        Assert.Equal(RejectReason.InsufficientFunds, outcome.Reason);
        Assert.Equal((108L, 100L), (outcome.Needed.Units, outcome.Available.Units));
        Assert.Equal([order.Id.Value, behind.Id.Value], venue.Queue(Side.Buy));
        Assert.Equal((100L, 900L), venue.Balance(1, Venue.Quote));
        Assert.True(venue.Amend(1, order, price: 111).IsAccepted);
    }

    [Fact]
    [Trait("MatchingScenario", "45 modify_reserve_increase_insufficient_funds_rejected_original_intact")]
    public void Amendment_of_a_sell_beyond_what_is_held_is_refused_and_the_order_stays_as_it_was()
    {
        var venue = Venue.Trading(funds: 10);
        var order = venue.Place(1, Side.Sell, 100, 9).Order!;
        var before = SnapshotParts.WithoutPosition(venue.Snapshot());

        var outcome = venue.Amend(1, order, quantity: 11);

        Assert.Equal(RejectReason.InsufficientFunds, outcome.Reason);
        Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));
        Assert.Equal(10, venue.Amend(1, order, quantity: 10).Order!.Reserved.Units);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "46 modify_post_only_into_cross_rejected_original_intact")]
    public void Post_only_amendment_that_would_match_is_refused_and_the_order_stays_as_it_was(Side side)
    {
        var venue = Venue.Trading();
        venue.Place(1, side.Opposite(), 100, 1);
        var order = venue.Place(2, side, side.Behind(10), 1, postOnly: true).Order!;
        var before = SnapshotParts.WithoutPosition(venue.Snapshot());

        Assert.Equal(RejectReason.PostOnlyWouldTake, venue.Amend(2, order, price: 100).Reason);
        Assert.Equal(RejectReason.PostOnlyWouldTake, venue.Amend(2, order, price: side.Behind(-5)).Reason);

        Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));
        Assert.True(venue.Amend(2, order, price: side.Behind(1)).IsAccepted);
    }

    /// <summary>An amendment has no words for another side or instrument: bytes that say more than price and quantity
    /// are no command.</summary>
    [Fact]
    [Trait("MatchingScenario", "47 modify_side_or_symbol_rejected")]
    public void Side_and_instrument_cannot_be_amended()
    {
        var (venue, first, _) = TwoOf(Side.Sell);
        var amend = new AmendOrder(new AccountId(1), first.Id, new Price(101), default, default);
        var command = venue.Bytes(amend, user: 1);
        var before = SnapshotParts.WithoutPosition(venue.Snapshot());
        foreach (var further in new byte[][] { [(byte)Side.Buy], [2], [(byte)Side.Buy, 2] })
        {
            // One array: its length stands in the first byte.
            byte[] longer = [(byte)(command[0] + further.Length), .. command[1..], .. further];
            Assert.Equal(RejectReason.MalformedCommand, venue.Apply(longer).Reason);
        }

        Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));
        var amended = venue.Send(amend, user: 1).Order!;
        Assert.Equal(
            (Side.Sell, Venue.Symbol, 101L), (amended.Side, amended.Instrument.Value, amended.LimitPrice.Ticks));
    }

    [Fact]
    [Trait("MatchingScenario", "91 state_closed_or_suspended")]
    public void Amendment_is_refused_for_each_reason_of_its_own()
    {
        var venue = Venue.Trading();
        var order = venue.Place(1, Side.Sell, 100, 1).Order!;
        Assert.Equal(RejectReason.NothingToAmend, venue.Amend(1, order).Reason);
        Assert.Equal(RejectReason.PriceNotPositive, venue.Amend(1, order, price: -1).Reason);
        Assert.Equal(RejectReason.QuantityNotPositive, venue.Amend(1, order, quantity: -1).Reason);
        Assert.Equal(RejectReason.NotionalTooLarge, venue.Amend(1, order, price: long.MaxValue, quantity: 2).Reason);
        Assert.Equal(
            RejectReason.OrderNotFound,
            venue.Send(new AmendOrder(default, new OrderId(9), new Price(1), default, default), 1).Reason);
        venue.Accept(new SetInstrumentStatus(new InstrumentId(1), InstrumentStatus.CancelOnly, false, 0));
        Assert.Equal(RejectReason.MarketNotOpen, venue.Amend(1, order, price: 101).Reason);
    }

    private static (Venue Venue, OrderView First, OrderView Second) TwoOf(Side side)
    {
        var venue = Venue.Trading();
        var first = venue.Place(1, side, 100, 5).Order!;
        var second = venue.Place(2, side, 100, 5).Order!;
        venue.Events.Clear();
        return (venue, first, second);
    }
}
