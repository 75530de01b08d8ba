using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of amending.</summary>
public sealed class AmendTests
{
    [Fact]
    public void Less_quantity_keeps_priority()
    {
        var (venue, first, second) = TwoAsks();
        venue.Amend(1, first, quantity: 3);
        Assert.Equal([first.Id.Value, second.Id.Value], venue.Queue(Side.Sell));
        Assert.True(venue.Events.Of<OrderAmended>().Single().KeptPriority);
    }

    [Fact]
    public void More_quantity_loses_priority()
    {
        var (venue, first, second) = TwoAsks();
        venue.Amend(1, first, quantity: 6);
        Assert.Equal([second.Id.Value, first.Id.Value], venue.Queue(Side.Sell));
        Assert.False(venue.Events.Of<OrderAmended>().Single().KeptPriority);
    }

    [Fact]
    public void Another_price_loses_priority_also_when_it_comes_back()
    {
        var (venue, first, second) = TwoAsks();
        venue.Amend(1, first, price: 101);
        venue.Amend(1, first, price: 100);
        Assert.Equal([second.Id.Value, first.Id.Value], venue.Queue(Side.Sell));
    }

    [Fact]
    public void Same_values_change_nothing()
    {
        var (venue, first, second) = TwoAsks();
        var before = venue.Exchange.FindOrder(first.Id);

        Assert.True(venue.Amend(1, first, price: 100, quantity: 5).IsAccepted);

        Assert.Equal([first.Id.Value, second.Id.Value], venue.Queue(Side.Sell));
        Assert.Empty(venue.Events.All);
        Assert.Equal(before, venue.Exchange.FindOrder(first.Id));
    }

    [Fact]
    public void Quantity_at_or_below_what_is_filled_cancels()
    {
        var venue = Venue.Trading();
        var order = venue.Place(1, Side.Sell, 100, 10).Order!;
        venue.Place(2, Side.Buy, 100, 4);

        var outcome = venue.Amend(1, order, quantity: 4);

        Assert.Equal(
            (OrderStatus.Canceled, StatusReason.AmendedToFilled), (outcome.Order!.Status, outcome.Order.Reason));
        Assert.Empty(venue.Queue(Side.Sell));
        Assert.Equal(0, venue.Balance(1, Venue.Base).Reserved);
    }

    [Fact]
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

    [Fact]
    public void Amendment_that_fills_the_order_whole_leaves_no_ghost()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 5);
        var order = venue.Place(2, Side.Buy, 90, 5).Order!;
        var sibling = venue.Place(2, Side.Buy, 90, 5).Order!;

        Assert.Equal(OrderStatus.Filled, venue.Amend(2, order, price: 100).Order!.Status);

        Assert.Equal([sibling.Id.Value], venue.Queue(Side.Buy));
        Assert.Equal(RejectReason.OrderNotOpen, venue.Amend(2, order, price: 101).Reason);
        Assert.True(venue.Cancel(2, sibling).IsAccepted);
    }

    [Fact]
    public void Partly_filled_order_is_amended_by_its_total()
    {
        var venue = Venue.Trading();
        var order = venue.Place(1, Side.Sell, 100, 10).Order!;
        venue.Place(2, Side.Buy, 100, 4);

        var amended = venue.Amend(1, order, quantity: 7).Order!;

        Assert.Equal((7L, 4L, 3L), (amended.Quantity.Lots, amended.Filled.Lots, amended.Remaining.Lots));
    }

    [Fact]
    public void Amendment_with_another_expected_remainder_is_refused()
    {
        var venue = Venue.Trading();
        var order = venue.Place(1, Side.Sell, 100, 10).Order!;
        Assert.Equal(RejectReason.RemainingMismatch, venue.Amend(1, order, quantity: 5, expected: 9).Reason);
        Assert.True(venue.Amend(1, order, quantity: 5, expected: 10).IsAccepted);
    }

    [Fact]
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
    public void Post_only_amendment_that_would_match_is_refused_and_the_order_stays_as_it_was()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 100, 1);
        var order = venue.Place(2, Side.Buy, 90, 1, postOnly: true).Order!;

        Assert.Equal(RejectReason.PostOnlyWouldTake, venue.Amend(2, order, price: 100).Reason);
        Assert.Equal(90, venue.Exchange.FindOrder(order.Id)!.LimitPrice.Ticks);
        Assert.True(venue.Amend(2, order, price: 99).IsAccepted);
    }

    [Fact]
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

    private static (Venue Venue, OrderView First, OrderView Second) TwoAsks()
    {
        var venue = Venue.Trading();
        var first = venue.Place(1, Side.Sell, 100, 5).Order!;
        var second = venue.Place(2, Side.Sell, 100, 5).Order!;
        venue.Events.Clear();
        return (venue, first, second);
    }
}
