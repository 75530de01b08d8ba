using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of cancelling.</summary>
public sealed class CancelTests
{
    [Fact]
    public void Canceled_head_middle_and_tail_of_a_queue_are_passed_over()
    {
        var venue = Venue.Trading();
        var orders = Enumerable.Range(0, 6).Select(_ => venue.Place(1, Side.Sell, 100, 1).Order!).ToArray();
        venue.Cancel(1, orders[0]);
        venue.Cancel(1, orders[3]);
        venue.Cancel(1, orders[5]);

        var fills = venue.Place(2, Side.Buy, 100, 9).Fills;

        Assert.Equal([orders[1].Id, orders[2].Id, orders[4].Id], fills.Select(f => f.MakerOrder));
    }

    [Fact]
    public void Canceling_the_last_order_of_the_best_level_moves_the_best_price_on_both_sides()
    {
        var venue = Venue.Trading();
        var bid = venue.Place(1, Side.Buy, 99, 1).Order!;
        venue.Place(1, Side.Buy, 98, 1);
        var ask = venue.Place(1, Side.Sell, 101, 1).Order!;
        venue.Place(1, Side.Sell, 102, 1);

        venue.Cancel(1, bid);
        venue.Cancel(1, ask);

        Assert.Equal((98L, 102L), (venue.Book().Bids[0].Price.Ticks, venue.Book().Asks[0].Price.Ticks));
    }

    [Fact]
    public void Emptied_side_can_be_filled_again()
    {
        var venue = Venue.Trading();
        venue.Cancel(1, venue.Place(1, Side.Buy, 99, 1).Order!);
        Assert.Empty(venue.Book().Bids);

        venue.Place(1, Side.Buy, 97, 2);

        Assert.Equal((97L, 2L), (venue.Book().Bids[0].Price.Ticks, venue.Book().Bids[0].Quantity.Lots));
    }

    [Fact]
    public void Cancel_of_an_unknown_order_is_rejected()
    {
        var venue = Venue.Trading();
        Assert.Equal(RejectReason.OrderNotFound, venue.Cancel(1, 42).Reason);
        Assert.Equal(RejectReason.OrderNotFound, venue.Cancel(1, 0).Reason);
        Assert.Equal(RejectReason.OrderNotFound, venue.Cancel(1, -1).Reason);
    }

    [Fact]
    public void Cancel_of_a_filled_order_is_rejected_and_shows_its_final_state()
    {
        var venue = Venue.Trading();
        var order = venue.Place(1, Side.Sell, 100, 1).Order!;
        venue.Place(2, Side.Buy, 100, 1);

        var outcome = venue.Cancel(1, order);

        Assert.Equal(RejectReason.OrderNotOpen, outcome.Reason);
        Assert.Equal(OrderStatus.Filled, outcome.Order!.Status);
    }

    [Fact]
    public void Second_cancel_is_rejected()
    {
        var venue = Venue.Trading();
        var order = venue.Place(1, Side.Sell, 100, 1).Order!;
        Assert.Equal(OrderStatus.Canceled, venue.Cancel(1, order).Order!.Status);
        Assert.Equal(RejectReason.OrderNotOpen, venue.Cancel(1, order).Reason);
    }

    [Fact]
    public void Cancel_after_a_partial_fill_gives_back_only_what_was_left()
    {
        var venue = Venue.Trading(funds: 1_000);
        var order = venue.Place(1, Side.Buy, 100, 10).Order!;
        venue.Place(2, Side.Sell, 100, 4);

        venue.Cancel(1, order);

        Assert.Equal((600L, 0L), venue.Balance(1, Venue.Quote));
        Assert.Equal((1_004L, 0L), venue.Balance(1, Venue.Base));
        Assert.Equal(6, venue.Events.Of<OrderCanceled>().Single().Remaining.Lots);
    }

    [Fact]
    public void Order_of_another_user_is_not_found()
    {
        var venue = Venue.Trading();
        var order = venue.Place(1, Side.Sell, 100, 1).Order!;

        Assert.Equal(
            RejectReason.OrderNotFound, venue.Send(new CancelOrder(default, order.Id, default), user: 2).Reason);
        Assert.Equal(
            RejectReason.AccountNotFound,
            venue.Send(new CancelOrder(new AccountId(1), order.Id, default), user: 2).Reason);
        Assert.Equal(
            RejectReason.OrderNotFound,
            venue.Send(new AmendOrder(default, order.Id, new Price(1), default, default), user: 2).Reason);
        Assert.Equal([order.Id.Value], venue.Queue(Side.Sell));
    }

    [Fact]
    public void Order_is_canceled_by_its_client_order_id()
    {
        var venue = Venue.Trading();
        var order = venue.Place(1, Side.Sell, 100, 1, clientOrderId: "mine").Order!;
        Assert.True(ClientOrderId.TryCreate("mine", out var id));

        Assert.Equal(order.Id, venue.Send(new CancelOrder(new AccountId(1), default, id), user: 1).Order!.Id);
        Assert.Equal(RejectReason.OrderNotOpen, venue.Send(new CancelOrder(default, default, id), user: 1).Reason);
        Assert.Equal(RejectReason.OrderNotFound, venue.Send(new CancelOrder(default, default, id), user: 2).Reason);
    }

    [Fact]
    public void Mass_cancel_takes_fitting_orders_out_in_order_of_id()
    {
        var venue = Venue.Trading();
        var high = venue.Place(1, Side.Sell, 105, 1).Order!;
        var bid = venue.Place(1, Side.Buy, 90, 1).Order!;
        var low = venue.Place(1, Side.Sell, 101, 1).Order!;
        var other = venue.Place(2, Side.Sell, 102, 1).Order!;
        venue.Amend(1, high, price: 106); // A new place in the queue is no new place in the order of ids.

        var sells = venue.Send(new CancelOrders(default, new InstrumentId(1), Side.Sell), user: 1);
        var rest = venue.Send(new CancelOrders(new AccountId(1), default, null), user: 1);

        Assert.Equal([high.Id, low.Id], sells.Canceled);
        Assert.Equal([bid.Id], rest.Canceled);
        Assert.Equal([other.Id.Value], venue.Queue(Side.Sell));
        Assert.Equal(
            [high.Id, low.Id, bid.Id], venue.Events.Of<OrderCanceled>().Select(e => e.Order));
    }

    [Fact]
    public void Mass_cancel_names_what_it_does_not_find()
    {
        var venue = Venue.Trading();
        Assert.Equal(
            RejectReason.InstrumentNotFound,
            venue.Send(new CancelOrders(default, new InstrumentId(7), null), user: 1).Reason);
        Assert.Equal(
            RejectReason.AccountNotFound,
            venue.Send(new CancelOrders(new AccountId(2), default, null), user: 1).Reason);
        Assert.Equal(
            RejectReason.AccountRequired, venue.Send(new CancelOrders(default, default, null), user: 99).Reason);
    }

    [Fact]
    public void Cancel_works_while_trading_is_halted_and_after_closing()
    {
        var venue = Venue.Trading();
        var first = venue.Place(1, Side.Sell, 100, 1).Order!;
        var second = venue.Place(1, Side.Sell, 100, 1).Order!;
        venue.Accept(new SetInstrumentStatus(new InstrumentId(1), InstrumentStatus.Halted, false, 0));
        Assert.True(venue.Cancel(1, first).IsAccepted);
        venue.Accept(new SetInstrumentStatus(new InstrumentId(1), InstrumentStatus.Closed, false, 0));
        Assert.True(venue.Cancel(1, second).IsAccepted);
    }
}
