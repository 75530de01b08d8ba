using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: that an order says when it was accepted and when it last changed, open or closed. Method: every kind
/// of change, each at a time of its own.</summary>
public sealed class LastChangeTests
{
    private const long Step = 1_000;
    private readonly Venue _venue = Venue.Trading().WithOptions();

    [Fact]
    public void Every_change_of_an_order_tells_its_time_and_entry()
    {
        var order = Later(() => _venue.Place(1, Side.Sell, 100, 10).Order!);
        var (createdAt, createdIndex) = (_venue.Time, _venue.Exchange.AppliedIndex);
        RequireChangedNow(order);

        Later(() => _venue.Amend(1, order, quantity: 9).Order!);
        RequireChangedNow(order);
        Later(() => _venue.Place(2, Side.Buy, 100, 4).Order!);
        RequireChangedNow(order);
        Later(() => _venue.Place(
            1, Side.Buy, 100, 1, TimeInForce.ImmediateOrCancel, stp: SelfTradePrevention.Decrement).Order!);
        RequireChangedNow(order);
        Later(() => _venue.Amend(1, order, price: 101).Order!);
        RequireChangedNow(order);

        Later(() => _venue.Place(2, Side.Buy, 90, 1).Order!); // Not its business.
        Assert.Equal(_venue.Time - Step, Find(order).UpdatedAt.Microseconds);

        Later(() => _venue.Cancel(1, order).Order!);
        RequireChangedNow(order);
        Assert.Equal(
            (createdAt, createdIndex), (Find(order).CreatedAt.Microseconds, Find(order).CreatedIndex));
    }

    [Fact]
    public void Both_orders_of_a_trade_tell_its_time_when_they_are_filled()
    {
        var maker = Later(() => _venue.Place(1, Side.Sell, 100, 1).Order!);
        var taker = Later(() => _venue.Place(2, Side.Buy, 100, 1).Order!);

        Assert.Equal((OrderStatus.Filled, OrderStatus.Filled), (Find(maker).Status, Find(taker).Status));
        RequireChangedNow(maker);
        RequireChangedNow(taker);
    }

    [Fact]
    public void Trigger_and_end_tell_their_time()
    {
        var stop = Later(() => _venue.Place(Venue.Order(3, Side.Sell, 90, 1).StoppedAt(100)).Order!);
        var ending = Later(() => _venue.Place(Venue.Order(3, Side.Buy, 50, 1).Until(_venue.Time + (10 * Step))).Order!);
        Later(() => _venue.Place(1, Side.Sell, 100, 1).Order!);
        Later(() => _venue.Place(2, Side.Buy, 100, 1).Order!);
        RequireChangedNow(stop);

        _venue.Time += 20 * Step;
        _venue.Accept(default(Tick));
        Assert.Equal(OrderStatus.Expired, Find(ending).Status);
        RequireChangedNow(ending);
    }

    private OrderView Later(Func<OrderView> change)
    {
        _venue.Time += Step;
        return change();
    }

    private OrderView Find(OrderView order) => _venue.Exchange.FindOrder(order.Id)!;

    private void RequireChangedNow(OrderView order) => Assert.Equal(
        (_venue.Time, _venue.Exchange.AppliedIndex),
        (Find(order).UpdatedAt.Microseconds, Find(order).UpdatedIndex));
}
