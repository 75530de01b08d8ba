using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of batches of which all orders are placed or none.</summary>
public sealed class AtomicBatchTests
{
    /// <summary>Method: with another stop order waiting and without; the answer must not depend on what else is
    /// there.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stop_order_is_not_triggered_by_a_trade_before_it_in_the_batch(bool otherWaits)
    {
        var venue = Venue.Trading().WithOptions();
        if (otherWaits)
        {
            venue.Place(Venue.MarketOrder(3, Side.Buy, 1).StoppedAt(500));
        }

        venue.Place(1, Side.Sell, 100, 5);
        venue.Events.Clear();
        var items = Together(
            venue, 2, Venue.Order(2, Side.Buy, 100, 1), Venue.MarketOrder(2, Side.Buy, 1).StoppedAt(100));

        Assert.Equal([OrderStatus.Filled, OrderStatus.Pending], items.Select(item => item.Order!.Status));
        Assert.Empty(venue.Events.Of<OrderTriggered>());

        items = Together(venue, 2, Venue.Order(2, Side.Buy, 100, 1));

        Assert.Equal(OrderStatus.Filled, items[0].Order!.Status);
        Assert.Equal(100, Assert.Single(venue.Events.Of<OrderTriggered>()).StopPrice.Ticks);
    }

    /// <summary>Method: an exchange that once had a stop order and one restored from its snapshot, which knows nothing
    /// of that, go on with one batch.</summary>
    [Fact]
    public void What_a_batch_triggers_is_the_same_after_a_restart()
    {
        var venue = TwoInstruments();
        venue.Cancel(3, venue.Place(Venue.MarketOrder(3, Side.Buy, 1).StoppedAt(100)).Order!);
        venue.Place(
            (Venue.MarketOrder(3, Side.Buy, 1) with { Instrument = new InstrumentId(2) }).StoppedAt(50));
        venue.Place(1, Side.Sell, 100, 9);
        venue.Place(1, Side.Sell, 50, 9, instrument: 2);
        var restored = new Venue { Exchange = Exchange.ReadSnapshot(venue.Snapshot()), Time = venue.Time };
        foreach (var one in new[] { venue, restored })
        {
            one.Events.Clear();
            Together(
                one, 2, Venue.Order(2, Side.Buy, 100, 1), Venue.Order(2, Side.Buy, 50, 1, instrument: 2),
                Venue.MarketOrder(2, Side.Buy, 1).StoppedAt(100), Venue.Order(2, Side.Buy, 100, 1));
        }

        Assert.Equal([2L, 7L], venue.Events.Of<OrderTriggered>().Select(e => e.Order.Value));
        Assert.Equal(venue.Events.Texts, restored.Events.Texts);
        Assert.Equal(venue.Snapshot(), restored.Snapshot());
    }

    /// <summary>Each alone could be paid of 1,000; together they need 1,100.</summary>
    [Fact]
    public void Funds_for_either_order_but_not_for_both_place_none_of_two_instruments()
    {
        var venue = TwoInstruments(funds: 1_000);
        var (first, second) = (Venue.Order(1, Side.Buy, 100, 6), Venue.Order(1, Side.Buy, 100, 5, instrument: 2));
        var before = SnapshotParts.WithoutPosition(venue.Snapshot());

        var items = Together(venue, 1, first, second);

        Assert.Equal(
            [RejectReason.BatchAborted, RejectReason.InsufficientFunds], items.Select(item => item.Reason));
        Assert.Equal(
            (500L, 400L, Venue.Quote), (items[1].Needed.Units, items[1].Available.Units, items[1].FundsAsset.Value));
        Assert.Equal(
            [(1, RejectReason.BatchAborted), (2, RejectReason.InsufficientFunds)],
            venue.Events.All.Cast<OrderRejected>().Select(e => (e.Instrument.Value, e.Reason)));
        Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));

        Assert.All(
            Together(venue, 1, first, second with { Quantity = new Quantity(4) }),
            item => Assert.Equal(OrderStatus.Open, item.Order!.Status));
        Assert.Equal((0L, 1_000L), venue.Balance(1, Venue.Quote));
    }

    [Fact]
    public void What_an_order_brings_does_not_pay_for_those_behind_it()
    {
        var venue = TwoInstruments(funds: 100);
        venue.Place(2, Side.Buy, 50, 2);
        var (sell, buy) = (Venue.Order(1, Side.Sell, 50, 2), Venue.Order(1, Side.Buy, 101, 1, instrument: 2));

        Assert.Equal(RejectReason.InsufficientFunds, Together(venue, 1, sell, buy)[1].Reason);
        Assert.Equal(
            [RejectReason.None, RejectReason.None],
            venue.Send(new PlaceBatch([sell, buy]), user: 1).Items.Select(item => item.Reason));
    }

    /// <summary>The market buy has no quantity bound by funds; what the one behind it needs is not for it.</summary>
    [Fact]
    public void What_a_later_order_needs_is_not_spent_by_an_earlier_one()
    {
        var venue = TwoInstruments(funds: 1_000);
        venue.Place(2, Side.Sell, 100, 20);

        var items = Together(
            venue, 1, Venue.MarketOrder(1, Side.Buy, 20), Venue.Order(1, Side.Buy, 300, 2, instrument: 2));

        Assert.Equal(
            (StatusReason.InsufficientFunds, 4L), (items[0].Order!.Reason, items[0].Order!.Filled.Lots));
        Assert.Equal((OrderStatus.Open, 600L), (items[1].Order!.Status, items[1].Order!.Reserved.Units));
        Assert.Equal((0L, 600L), venue.Balance(1, Venue.Quote));
    }

    [Fact]
    public void Orders_of_a_batch_trade_with_each_other_and_with_the_book_in_order()
    {
        var venue = TwoInstruments();
        venue.Place(2, Side.Sell, 100, 1);

        var items = Together(
            venue, 1, Venue.Order(1, Side.Buy, 100, 3),
            Venue.Order(1, Side.Sell, 100, 1, stp: SelfTradePrevention.None));

        Assert.Equal([OrderStatus.Open, OrderStatus.Filled], items.Select(item => item.Order!.Status));
        Assert.Equal([1, 1], items.Select(item => item.Fills.Count));
    }

    [Fact]
    public void Post_only_order_is_refused_when_an_order_before_it_in_the_batch_could_rest_against_it()
    {
        var venue = TwoInstruments();
        Assert.Equal(
            [RejectReason.BatchAborted, RejectReason.PostOnlyWouldTake],
            Together(venue, 1, Venue.Order(1, Side.Buy, 100, 1), Venue.Order(1, Side.Sell, 100, 1, postOnly: true))
                .Select(item => item.Reason));
        Assert.Equal(
            [RejectReason.None, RejectReason.None],
            Together(venue, 1, Venue.Order(1, Side.Buy, 100, 1), Venue.Order(1, Side.Sell, 101, 1, postOnly: true))
                .Select(item => item.Reason));
    }

    [Fact]
    public void Limit_of_open_orders_counts_those_of_the_batch()
    {
        var venue = Venue.Trading(limits: new ExchangeLimits { MaxOpenOrdersPerAccount = 2 }).WithOptions();
        var order = Venue.Order(1, Side.Buy, 1, 1);
        Assert.Equal(
            [RejectReason.BatchAborted, RejectReason.BatchAborted, RejectReason.TooManyOpenOrders],
            Together(venue, 1, order, order, order).Select(item => item.Reason));
        Assert.All(Together(venue, 1, order, order), item => Assert.True(item.IsAccepted));
        Assert.Equal(RejectReason.TooManyOpenOrders, venue.Place(order).Reason);
        Assert.Equal(
            RejectReason.None, venue.Place(order with { TimeInForce = TimeInForce.ImmediateOrCancel }).Reason);
    }

    [Fact]
    public void Repeat_of_an_earlier_order_is_shown_and_one_within_the_batch_refused()
    {
        var venue = TwoInstruments();
        var order = Venue.Order(1, Side.Buy, 1, 1, clientOrderId: "a");
        venue.Place(order);
        var other = Venue.Order(1, Side.Buy, 1, 1, clientOrderId: "b");

        var items = Together(venue, 1, order, other);

        Assert.Equal([true, false], items.Select(item => item.IsExistingOrder));
        Assert.Equal([1L, 2L], items.Select(item => item.Order!.Id.Value));
        var again = Venue.Order(1, Side.Buy, 1, 1, clientOrderId: "c");
        Assert.Equal(
            [RejectReason.BatchAborted, RejectReason.ClientOrderIdReused],
            Together(venue, 1, again, again).Select(item => item.Reason));
    }

    [Fact]
    public void Batch_without_orders_or_with_too_many_is_refused_whole()
    {
        var venue = TwoInstruments();
        Assert.Equal(RejectReason.BatchEmpty, venue.Send(new PlaceBatch([]) { IsAtomic = true }, user: 1).Reason);
        var many = Enumerable.Repeat(Venue.Order(1, Side.Buy, 1, 1), PlaceBatch.MaxOrders + 1).ToArray();
        Assert.Equal(RejectReason.BatchEmpty, venue.Send(new PlaceBatch(many) { IsAtomic = true }, user: 1).Reason);
        Assert.Empty(venue.Exchange.OpenOrders(new AccountId(1)));
        Assert.Equal(PlaceBatch.MaxOrders, Together(venue, 1, many[1..]).Count(item => item.IsAccepted));
    }

    private static Venue TwoInstruments(long funds = 1_000_000)
    {
        var venue = Venue.Trading(funds: funds).WithOptions();
        venue.Accept(new ListInstrument(
            "BTC-USD:2", new AssetId(Venue.Base), new AssetId(Venue.Quote), new DecimalSize(1, 0),
            new DecimalSize(1, 0), 0, 0));
        venue.Events.Clear();
        return venue;
    }

    private static IReadOnlyList<CommandOutcome> Together(Venue venue, int user, params PlaceOrder[] orders) =>
        venue.Send(new PlaceBatch(orders) { IsAtomic = true }, user).Items;
}
