using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of stop and stop-limit orders.</summary>
public sealed class StopOrderTests
{
    private readonly Venue _venue = Venue.Trading().WithOptions();

    private IEnumerable<long> Triggered => _venue.Events.Of<OrderTriggered>().Select(e => e.Order.Value);

    [Theory]
    [InlineData(Side.Buy, 99, false)]
    [InlineData(Side.Buy, 100, true)]
    [InlineData(Side.Buy, 101, true)]
    [InlineData(Side.Sell, 101, false)]
    [InlineData(Side.Sell, 100, true)]
    [InlineData(Side.Sell, 99, true)]
    public void Trade_at_or_through_its_price_triggers_it(Side side, long price, bool isTriggered)
    {
        _venue.Place(Venue.MarketOrder(1, side, 1).StoppedAt(100));
        TradeAt(price);

        Assert.Equal(isTriggered ? [1L] : [], Triggered);
        Assert.Equal(
            isTriggered ? OrderStatus.Expired : OrderStatus.Pending,
            _venue.Exchange.FindOrder(new OrderId(1))!.Status);
    }

    [Fact]
    public void Trade_from_before_it_came_does_not_trigger_it()
    {
        TradeAt(100);

        var order = _venue.Place(Venue.MarketOrder(1, Side.Buy, 1).StoppedAt(90)).Order!;

        Assert.Equal(OrderStatus.Pending, order.Status);
        Assert.Empty(_venue.Book().Bids);
        _venue.Place(2, Side.Sell, 95, 1); // Neither does an order that trades with nobody.
        Assert.Empty(Triggered);
    }

    [Fact]
    public void Buys_trigger_from_the_lowest_price_up_then_sells_from_the_highest_down_at_one_price_by_entry()
    {
        foreach (var (side, price) in new[]
            { (Side.Sell, 95), (Side.Buy, 105), (Side.Buy, 103), (Side.Sell, 97), (Side.Buy, 103), (Side.Buy, 106) })
        {
            _venue.Place(Venue.MarketOrder(1, side, 1).StoppedAt(price));
        }

        _venue.Place(2, Side.Sell, 95, 1);
        _venue.Place(2, Side.Sell, 105, 1);
        _venue.Place(3, Side.Buy, 105, 2);

        Assert.Equal([3L, 5L, 2L, 4L, 1L], Triggered);
    }

    /// <summary>A trade at 101 triggers 1 and 2; 1 buys at 110, which triggers 3; but 2 stood in line before.</summary>
    [Fact]
    public void What_a_triggered_order_triggers_stands_behind_what_was_triggered_before()
    {
        _venue.Place(Venue.MarketOrder(1, Side.Buy, 1).StoppedAt(100));
        _venue.Place(Venue.MarketOrder(1, Side.Buy, 1).StoppedAt(101));
        _venue.Place(Venue.MarketOrder(1, Side.Buy, 1).StoppedAt(110));
        _venue.Place(2, Side.Sell, 101, 1);
        _venue.Place(2, Side.Sell, 110, 1);
        _venue.Place(2, Side.Sell, 111, 1);
        _venue.Place(2, Side.Sell, 112, 1);

        _venue.Place(3, Side.Buy, 101, 1);

        Assert.Equal([1L, 2L, 3L], Triggered);
        Assert.Equal(
            [(8L, 101L), (1L, 110L), (2L, 111L), (3L, 112L)],
            _venue.Events.Of<Trade>().Select(trade => (trade.TakerOrder.Value, trade.Price.Ticks)));
    }

    [Fact]
    public void Order_that_triggers_is_answered_before_what_it_triggers_trades_with_it()
    {
        _venue.Place(Venue.Order(1, Side.Sell, 100, 2).StoppedAt(100));
        _venue.Place(2, Side.Sell, 100, 1);

        var taker = _venue.Place(3, Side.Buy, 100, 5);

        Assert.Equal((1L, 4L), (taker.Order!.Filled.Lots, taker.Order.Remaining.Lots));
        Assert.Single(taker.Fills);
        var now = _venue.Exchange.FindOrder(taker.Order.Id)!;
        Assert.Equal((3L, 2L), (now.Filled.Lots, now.Remaining.Lots));
        Assert.Equal(OrderStatus.Filled, _venue.Exchange.FindOrder(new OrderId(1))!.Status);
    }

    [Fact]
    public void Orders_of_one_batch_each_trigger_before_the_next_comes()
    {
        _venue.Place(Venue.MarketOrder(1, Side.Buy, 1).StoppedAt(100));
        _venue.Place(2, Side.Sell, 100, 1);
        _venue.Place(2, Side.Sell, 101, 1);

        var items = _venue.Send(
            new PlaceBatch([Venue.Order(3, Side.Buy, 100, 1), Venue.Order(3, Side.Buy, 101, 1)]), user: 3).Items;

        Assert.Equal([OrderStatus.Filled, OrderStatus.Open], items.Select(item => item.Order!.Status));
        Assert.Equal([4L, 1L], _venue.Events.Of<Trade>().Select(trade => trade.TakerOrder.Value));
    }

    [Fact]
    public void Stop_limit_and_stop_sells_reserve_at_once_and_stop_buys_take_what_there_is()
    {
        var venue = Venue.Trading(funds: 1_000, takerFee: 100).WithOptions();
        venue.Place(Venue.Order(1, Side.Buy, 100, 2).StoppedAt(90)); // 200 and 1 % of it.
        Assert.Equal((798L, 202L), venue.Balance(1, Venue.Quote));
        venue.Place(Venue.MarketOrder(1, Side.Sell, 7).StoppedAt(90));
        Assert.Equal((993L, 7L), venue.Balance(1, Venue.Base));
        Assert.Equal(
            RejectReason.InsufficientFunds,
            venue.Place(Venue.MarketOrder(1, Side.Sell, 994).StoppedAt(90)).Reason);
        Assert.Equal(
            RejectReason.InsufficientFunds, venue.Place(Venue.Order(1, Side.Buy, 100, 8).StoppedAt(90)).Reason);

        var buy = venue.Place(Venue.MarketOrder(1, Side.Buy, 20).StoppedAt(300)).Order!;
        Assert.Equal((798L, 202L), venue.Balance(1, Venue.Quote));
        venue.Place(2, Side.Sell, 300, 5);
        venue.Place(3, Side.Buy, 300, 1);

        // 2 x 300 + 1 % = 606; a third would make 909, and 202 are reserved for the other.
        var order = venue.Exchange.FindOrder(buy.Id)!;
        Assert.Equal(
            (OrderStatus.Expired, StatusReason.InsufficientFunds, 2L), (order.Status, order.Reason, order.Filled.Lots));
        Assert.Equal((192L, 202L), venue.Balance(1, Venue.Quote));
    }

    [Fact]
    public void Triggered_stop_limit_order_rests_with_what_finds_no_counterpart_and_can_be_amended_and_canceled()
    {
        var order = _venue.Place(Venue.Order(1, Side.Buy, 105, 5).StoppedAt(100)).Order!;
        TradeAt(100);

        Assert.Equal([1L], _venue.Queue(Side.Buy));
        Assert.Equal(OrderStatus.Open, _venue.Amend(1, order, price: 104).Order!.Status);
        Assert.Equal(OrderStatus.Canceled, _venue.Cancel(1, order).Order!.Status);
        Assert.Equal(0, _venue.Balance(1, Venue.Quote).Reserved);
    }

    [Fact]
    public void Less_quantity_keeps_the_place_among_those_of_one_stop_price_and_all_else_loses_it()
    {
        var orders = Enumerable.Range(0, 4)
            .Select(_ => _venue.Place(Venue.Order(1, Side.Buy, 105, 5).StoppedAt(100)).Order!).ToList();
        _venue.Amend(1, orders[0], quantity: 4);
        _venue.Amend(1, orders[1], quantity: 6);
        _venue.Amend(1, orders[2], price: 104);

        _venue.Exchange = Exchange.ReadSnapshot(_venue.Snapshot());
        TradeAt(100);

        Assert.Equal([1L, 4L, 2L, 3L], Triggered);
    }

    [Fact]
    public void Market_stop_has_no_limit_to_amend_and_one_with_a_budget_no_quantity()
    {
        var stop = _venue.Place(Venue.MarketOrder(1, Side.Buy, 5).StoppedAt(100)).Order!;
        var budget = _venue.Place(Venue.MarketOrder(1, Side.Buy, 0).Spending(500).StoppedAt(100)).Order!;

        Assert.Equal(RejectReason.NothingToAmend, _venue.Amend(1, stop, price: 90).Reason);
        Assert.Equal(RejectReason.NothingToAmend, _venue.Amend(1, budget, price: 90).Reason);
        Assert.Equal(RejectReason.NothingToAmend, _venue.Amend(1, budget, quantity: 90).Reason);
        Assert.Equal(6, _venue.Amend(1, stop, quantity: 6).Order!.Remaining.Lots);
    }

    /// <summary>Goal: that an order is filled only by its budget, not by what its account has left of it.</summary>
    [Theory]
    [InlineData(0, OrderStatus.Filled, StatusReason.None, 5)]
    [InlineData(9_700, OrderStatus.Expired, StatusReason.InsufficientFunds, 3)]
    public void Stop_with_a_budget_is_filled_only_if_it_could_spend_it_all_when_it_triggered(
        long withdrawn, OrderStatus status, StatusReason reason, long lots)
    {
        var venue = Venue.Trading(funds: 10_000).WithOptions();
        var stop = venue.Place(Venue.MarketOrder(2, Side.Buy, 1).Spending(520).StoppedAt(100)).Order!;
        if (withdrawn != 0)
        {
            venue.Accept(
                new Withdraw(new AccountId(2), new AssetId(Venue.Quote), new Amount(withdrawn), ""), user: 2);
        }

        venue.Place(1, Side.Sell, 100, 10);
        venue.Place(3, Side.Buy, 100, 1);

        var ended = venue.Exchange.FindOrder(stop.Id)!;
        Assert.Equal((status, reason, lots), (ended.Status, ended.Reason, ended.Filled.Lots));
    }

    [Fact]
    public void Pending_orders_are_canceled_by_owner_all_at_once_or_with_the_instrument()
    {
        foreach (var cancel in new object[]
        {
            new CancelOrder(default, new OrderId(1), default), new CancelOrders(default, default, null),
            new SetInstrumentStatus(new InstrumentId(Venue.Symbol), InstrumentStatus.Halted, true, 0),
        })
        {
            var venue = Venue.Trading().WithOptions();
            venue.Place(Venue.Order(1, Side.Sell, 90, 5).StoppedAt(100));
            venue.Accept(cancel, user: 1);

            Assert.Equal(OrderStatus.Canceled, venue.Exchange.FindOrder(new OrderId(1))!.Status);
            Assert.Equal(0, venue.Balance(1, Venue.Base).Reserved);
        }
    }

    [Fact]
    public void Stop_order_must_have_a_price_and_may_not_be_post_only()
    {
        Assert.Equal(
            RejectReason.PriceNotPositive, _venue.Place(Venue.MarketOrder(1, Side.Buy, 1).StoppedAt(-1)).Reason);
        Assert.Equal(
            RejectReason.PostOnlyInvalid,
            _venue.Place(Venue.Order(1, Side.Buy, 1, 1, postOnly: true).StoppedAt(1)).Reason);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void Protection_price_of_a_stop_order_has_no_worth_that_could_be_too_large(Side side)
    {
        var venue = Venue.Trading().WithOptions();
        var order = venue.Place(Venue.MarketOrder(1, side, 2, protection: long.MaxValue).StoppedAt(100)).Order!;

        Assert.Equal(RejectReason.None, venue.Amend(1, order, quantity: 3).Reason);
        var snapshot = venue.Snapshot();
        venue.Exchange = Exchange.ReadSnapshot(snapshot);

        Assert.Equal(snapshot, venue.Snapshot());
        Assert.Equal(3, venue.Exchange.FindOrder(order.Id)!.Remaining.Lots);
    }

    private void TradeAt(long price)
    {
        _venue.Place(2, Side.Sell, price, 1);
        _venue.Place(3, Side.Buy, price, 1);
    }
}
