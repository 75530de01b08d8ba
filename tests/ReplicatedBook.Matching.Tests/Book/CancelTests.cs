using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of cancelling.</summary>
public sealed class CancelTests
{
    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "16 cancel_head_then_sweep")]
    [Trait("MatchingScenario", "17 cancel_middle_then_sweep")]
    [Trait("MatchingScenario", "18 cancel_tail_then_sweep")]
    public void Canceled_head_middle_and_tail_of_a_queue_are_passed_over(Side maker)
    {
        foreach (var gone in new[] { [0], [3], [5], new[] { 0, 3, 5 }, [5, 4, 3, 2, 1] })
        {
            var venue = Venue.Trading();
            var orders = Enumerable.Range(0, 6).Select(_ => venue.Place(1, maker, 100, 1).Order!.Id).ToArray();
            Assert.All(gone, i => Assert.True(venue.Cancel(1, orders[i].Value).IsAccepted));

            var fills = venue.Place(2, maker.Opposite(), 100, 9).Fills;

            Assert.Equal(orders.Where((_, i) => !gone.Contains(i)), fills.Select(f => f.MakerOrder));
        }
    }

    [Fact]
    [Trait("MatchingScenario", "19 scattered_cancels_deep_fifo")]
    public void Deep_queue_keeps_its_order_when_orders_all_over_it_are_canceled()
    {
        const int Orders = 1_000;
        var venue = Venue.Trading();
        var orders = Enumerable.Range(0, Orders).Select(_ => venue.Place(1, Side.Sell, 100, 1).Order!.Id).ToList();
        for (var place = 7; orders.Count > Orders / 3; place = (place + 389) % orders.Count)
        {
            Assert.True(venue.Cancel(1, orders[place].Value).IsAccepted);
            orders.RemoveAt(place);
        }

        Assert.Equal(orders.Select(id => id.Value), venue.Queue(Side.Sell));
        Assert.Equal(orders, venue.Place(2, Side.Buy, 100, Orders).Fills.Select(f => f.MakerOrder));
    }

    [Fact]
    [Trait("MatchingScenario", "20 cancel_best_level_bbo_updates_bid")]
    [Trait("MatchingScenario", "21 cancel_best_level_bbo_updates_ask")]
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

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "22 cancel_empties_side_then_refill")]
    public void Emptied_side_can_be_filled_again(Side side)
    {
        var venue = Venue.Trading();
        venue.Cancel(1, venue.Place(1, side, 100, 1).Order!);
        Assert.Empty(venue.Levels(side));

        var again = venue.Place(1, side, side.Behind(3), 2).Order!;

        Assert.Equal([(side.Behind(3), 2L)], venue.Levels(side));
        Assert.Equal(again.Id, Assert.Single(venue.Place(2, side.Opposite(), side.Behind(3), 2).Fills).MakerOrder);
    }

    [Fact]
    [Trait("MatchingScenario", "23 cancel_unknown_id_rejected")]
    public void Cancel_of_an_unknown_order_is_rejected()
    {
        var venue = Venue.Trading();
        Assert.Equal(RejectReason.OrderNotFound, venue.Cancel(1, 42).Reason);
        Assert.Equal(RejectReason.OrderNotFound, venue.Cancel(1, 0).Reason);
        Assert.Equal(RejectReason.OrderNotFound, venue.Cancel(1, -1).Reason);
    }

    [Fact]
    [Trait("MatchingScenario", "24 cancel_after_full_fill_rejected")]
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
    [Trait("MatchingScenario", "25 double_cancel_rejected")]
    public void Second_cancel_is_rejected_and_gives_nothing_back_again()
    {
        var venue = Venue.Trading(funds: 10);
        var order = venue.Place(1, Side.Sell, 100, 1).Order!;
        Assert.Equal(OrderStatus.Canceled, venue.Cancel(1, order).Order!.Status);
        venue.Events.Clear();

        Assert.Equal(RejectReason.OrderNotOpen, venue.Cancel(1, order).Reason);

        Assert.Equal((10L, 0L), venue.Balance(1, Venue.Base));
        Assert.Empty(venue.Events.All);
    }

    [Fact]
    [Trait("MatchingScenario", "26 cancel_partial_fill_releases_remaining_only")]
    public void Cancel_after_a_partial_fill_gives_back_only_what_was_left()
    {
        var venue = Venue.Trading(funds: 1_000);
        var bid = venue.Place(1, Side.Buy, 100, 10).Order!;
        venue.Place(2, Side.Sell, 100, 4);
        venue.Cancel(1, bid);
        Assert.Equal(((600L, 0L), (1_004L, 0L)), (venue.Balance(1, Venue.Quote), venue.Balance(1, Venue.Base)));
        Assert.Equal(6, venue.Events.Of<OrderCanceled>().Single().Remaining.Lots);

        var ask = venue.Place(1, Side.Sell, 100, 1_004).Order!;
        venue.Place(2, Side.Buy, 100, 3);
        venue.Cancel(1, ask);
        Assert.Equal(((900L, 0L), (1_001L, 0L)), (venue.Balance(1, Venue.Quote), venue.Balance(1, Venue.Base)));
    }

    [Fact]
    [Trait("MatchingScenario", "27 cancel_other_users_order_rejected")]
    [Trait("MatchingScenario", "48 modify_other_user_rejected")]
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
        Assert.Equal(RejectReason.OrderNotFound, venue.Amend(2, order, price: 1).Reason);
        Assert.Equal(
            RejectReason.AccountNotFound,
            venue.Send(new AmendOrder(new AccountId(1), order.Id, new Price(1), default, default), user: 2).Reason);
        Assert.Equal(order, venue.Exchange.FindOrder(order.Id));
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
    [Trait("MatchingScenario", "32 mass_cancel_by_account_deterministic_order")]
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
    [Trait("MatchingScenario", "32 mass_cancel_by_account_deterministic_order")]
    public void Mass_cancel_of_an_instrument_leaves_the_others_alone()
    {
        var venue = Venue.Trading();
        venue.Accept(new ListInstrument(
            "BTC-USD-2", new AssetId(Venue.Base), new AssetId(Venue.Quote), new DecimalSize(1, 0),
            new DecimalSize(1, 0), 0, 0));
        var here = venue.Place(1, Side.Sell, 105, 1).Order!;
        var there = venue.Place(1, Side.Sell, 105, 1, instrument: 2).Order!;
        var bidHere = venue.Place(1, Side.Buy, 90, 1).Order!;

        var canceled = venue.Send(new CancelOrders(default, new InstrumentId(1), null), user: 1).Canceled;

        Assert.Equal([here.Id, bidHere.Id], canceled);
        Assert.Equal(OrderStatus.Open, venue.Exchange.FindOrder(there.Id)!.Status);
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

    [Theory]
    [InlineData(InstrumentStatus.Halted)]
    [InlineData(InstrumentStatus.CancelOnly)]
    [InlineData(InstrumentStatus.Closed)]
    [Trait("MatchingScenario", "33 cancel_during_suspension")]
    public void Cancel_and_mass_cancel_work_whatever_the_status(InstrumentStatus status)
    {
        var venue = Venue.Trading();
        var first = venue.Place(1, Side.Sell, 100, 1).Order!;
        var second = venue.Place(1, Side.Sell, 100, 1).Order!;
        venue.Accept(new SetInstrumentStatus(new InstrumentId(1), status, false, 0));

        Assert.True(venue.Cancel(1, first).IsAccepted);
        Assert.Equal([second.Id], venue.Send(new CancelOrders(default, default, null), user: 1).Canceled);

        Assert.Empty(venue.Queue(Side.Sell));
        Assert.Equal(0, venue.Balance(1, Venue.Base).Reserved);
    }
}
