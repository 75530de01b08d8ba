using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of dead man's switches.</summary>
public sealed class CancelAfterTests
{
    private const long Start = 1_000_000;
    private const long Timeout = 5_000_000;
    private readonly Venue _venue = Venue.Trading().WithOptions();

    [Fact]
    public void Cancels_all_open_orders_of_the_account_in_order_of_id_once()
    {
        _venue.Place(1, Side.Buy, 90, 1);
        _venue.Place(Venue.MarketOrder(1, Side.Sell, 1).StoppedAt(80));
        _venue.Place(2, Side.Buy, 91, 1);
        _venue.Place(1, Side.Sell, 110, 1);
        var outcome = Set(1, Timeout);
        Assert.Equal((1L, Start + Timeout), (outcome.CancelAfterAccount.Value, outcome.CancelAfterAt.Microseconds));
        Assert.Equal(new Timestamp(Start + Timeout), _venue.Exchange.NextDue);

        _venue.Time = Start + Timeout - 1;
        _venue.Accept(default(Tick));
        Assert.Equal(3, _venue.Exchange.OpenOrders(new AccountId(1)).Count);
        _venue.Events.Clear();
        _venue.Time++;
        _venue.Accept(default(Tick));

        Assert.Equal(0, Assert.Single(_venue.Events.Of<CancelAfterChanged>()).At.Microseconds);
        Assert.Equal(
            [(1L, StatusReason.CancelAfter), (2L, StatusReason.CancelAfter), (4L, StatusReason.CancelAfter)],
            _venue.Events.Of<OrderCanceled>().Select(e => (e.Order.Value, e.Reason)));
        Assert.Single(_venue.Exchange.OpenOrders(new AccountId(2)));
        Assert.Null(_venue.Exchange.NextDue);

        _venue.Place(1, Side.Buy, 90, 1);
        _venue.Time += 2 * Timeout;
        _venue.Accept(default(Tick));
        Assert.Single(_venue.Exchange.OpenOrders(new AccountId(1)));
    }

    [Fact]
    public void Is_set_anew_and_switched_off()
    {
        _venue.Place(1, Side.Buy, 90, 1);
        Set(1, Timeout);
        _venue.Time += 1_000_000;
        Assert.Equal(_venue.Time + Timeout, Set(1, Timeout).CancelAfterAt.Microseconds);
        _venue.Time = Start + Timeout;
        _venue.Accept(default(Tick));
        Assert.Single(_venue.Exchange.OpenOrders(new AccountId(1)));

        Assert.Equal(0, Set(1, 0).CancelAfterAt.Microseconds);
        Assert.Null(_venue.Exchange.NextDue);
        Assert.Null(_venue.Exchange.FindAccount(new AccountId(1))!.CancelAfterAt);
        _venue.Time += Timeout;
        _venue.Accept(default(Tick));
        Assert.Single(_venue.Exchange.OpenOrders(new AccountId(1)));
    }

    [Theory]
    [InlineData(0, RejectReason.None)]
    [InlineData(1, RejectReason.TimeoutOutOfRange)]
    [InlineData(999_999, RejectReason.TimeoutOutOfRange)]
    [InlineData(1_000_000, RejectReason.None)]
    [InlineData(300_000_000, RejectReason.None)]
    [InlineData(300_000_001, RejectReason.TimeoutOutOfRange)]
    [InlineData(-1_000_000, RejectReason.TimeoutOutOfRange)]
    [InlineData(long.MaxValue, RejectReason.TimeoutOutOfRange)]
    [InlineData(long.MinValue, RejectReason.TimeoutOutOfRange)]
    public void Time_is_one_to_three_hundred_seconds(long timeout, RejectReason reason)
    {
        Assert.Equal(reason, Set(1, timeout).Reason);
        Assert.Equal(
            RejectReason.AccountNotFound, _venue.Send(new SetCancelAfter(new AccountId(1), timeout), 2).Reason);
    }

    [Fact]
    public void At_one_time_orders_end_before_switches_fire_and_those_in_order_of_account()
    {
        _venue.Place(Venue.Order(2, Side.Buy, 90, 1).Until(Start + Timeout));
        _venue.Place(2, Side.Buy, 90, 1);
        _venue.Place(1, Side.Buy, 90, 1);
        Set(2, Timeout);
        Set(1, Timeout);
        _venue.Exchange = Exchange.ReadSnapshot(_venue.Snapshot());
        _venue.Events.Clear();

        // The orders are gone before the command of that time could trade with them.
        _venue.Time = Start + Timeout;
        Assert.Empty(_venue.Place(3, Side.Sell, 90, 3).Fills);

        Assert.Equal(
            [typeof(OrderExpired), typeof(CancelAfterChanged), typeof(OrderCanceled), typeof(CancelAfterChanged),
                typeof(OrderCanceled), typeof(OrderAccepted)],
            _venue.Events.All.Select(e => e.GetType()));
        Assert.Equal([3L, 2L], _venue.Events.Of<OrderCanceled>().Select(e => e.Order.Value));
    }

    private Views.CommandOutcome Set(int account, long timeout) =>
        _venue.Send(new SetCancelAfter(new AccountId(account), timeout), account);
}
