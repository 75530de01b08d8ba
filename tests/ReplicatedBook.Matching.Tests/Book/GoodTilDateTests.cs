using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of orders that end at a time: that of the log, which every command carries.</summary>
public sealed class GoodTilDateTests
{
    [Fact]
    [Trait("MatchingScenario", "65 GTD_in_past")]
    public void End_that_is_not_in_the_future_is_refused_without_a_trace()
    {
        var venue = Market();
        var before = SnapshotParts.WithoutPosition(venue.Snapshot());
        foreach (var at in new[] { 1, venue.Time - 1, venue.Time, -1, long.MinValue })
        {
            Assert.Equal(RejectReason.ExpiryNotInFuture, Place(venue, 1, Side.Buy, 100, 1, at).Reason);
        }

        Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));
        Assert.Equal(OrderStatus.Open, Place(venue, 1, Side.Buy, 100, 1, venue.Time + 1).Order!.Status);
        Assert.Equal(OrderStatus.Open, Place(venue, 1, Side.Buy, 100, 1, long.MaxValue).Order!.Status);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "66 GTD_expires_by_command_time_before_match")]
    public void Order_has_ended_before_a_command_of_that_time_could_match_it(Side side)
    {
        var venue = Market();
        var end = venue.Time + 100;
        var order = Place(venue, 1, side, 100, 5, end).Order!;
        venue.Time = end - 1;
        Assert.Single(venue.Place(2, side.Opposite(), 100, 2).Fills);
        venue.Events.Clear();

        venue.Time = end;
        var late = venue.Place(2, side.Opposite(), 100, 2);

        Assert.Empty(late.Fills);
        Assert.Equal([typeof(OrderExpired), typeof(OrderAccepted)], venue.Events.All.Select(e => e.GetType()));
        var ended = venue.Exchange.FindOrder(order.Id)!;
        Assert.Equal(
            (OrderStatus.Expired, StatusReason.GoodTilDate, 2L), (ended.Status, ended.Reason, ended.Filled.Lots));
        Assert.Equal(0, venue.Funds(1, side).Reserved);
        Assert.Equal(RejectReason.OrderNotOpen, venue.Cancel(1, order).Reason);
    }

    [Fact]
    [Trait("MatchingScenario", "66 GTD_expires_by_command_time_before_match")]
    public void Order_ends_whatever_the_command_of_that_time_is()
    {
        foreach (var command in new object[]
        {
            new Tick(), new CreateAccount("tab\t"), new CancelOrder(default, new OrderId(77), default),
        })
        {
            var venue = Market();
            var order = Place(venue, 1, Side.Buy, 100, 1, venue.Time + 5).Order!;
            venue.Time += 5;
            venue.Send(command, user: 1);
            Assert.Equal(OrderStatus.Expired, venue.Exchange.FindOrder(order.Id)!.Status);
        }
    }

    [Fact]
    [Trait("MatchingScenario", "67 expiry_order_deterministic_and_removed_on_fill")]
    public void Orders_end_in_order_of_time_and_at_one_time_in_order_of_id_also_after_a_restart()
    {
        var (venue, start) = (Market(), 0L);
        start = venue.Time;
        foreach (var (account, later) in new[] { (1, 30), (2, 10), (1, 20), (3, 10), (2, 30), (1, 10) })
        {
            Place(venue, account, Side.Buy, 100 - later, 1, start + later);
        }

        var restarted = new Venue { Exchange = Exchange.ReadSnapshot(venue.Snapshot()) };
        foreach (var one in new[] { venue, restarted })
        {
            one.Events.Clear();
            one.Time = start + 30;
            one.Send(new Tick());
            Assert.Equal([2L, 4L, 6L, 3L, 1L, 5L], one.Events.Of<OrderExpired>().Select(e => e.Order.Value));
        }

        Assert.Equal(venue.Snapshot(), restarted.Snapshot());
    }

    [Fact]
    [Trait("MatchingScenario", "67 expiry_order_deterministic_and_removed_on_fill")]
    public void Order_that_was_filled_or_canceled_does_not_end_again_and_an_amended_one_ends_once()
    {
        var venue = Market();
        var end = venue.Time + 10;
        Place(venue, 1, Side.Sell, 100, 1, end);
        venue.Place(2, Side.Buy, 100, 1);
        venue.Cancel(1, Place(venue, 1, Side.Sell, 100, 1, end).Order!);
        Assert.Null(venue.Exchange.NextDue);
        var amended = Place(venue, 1, Side.Sell, 100, 2, end).Order!;
        venue.Amend(1, amended, price: 101);
        venue.Amend(1, amended, quantity: 1);
        Assert.Equal(end, venue.Exchange.NextDue!.Value.Microseconds);
        venue.Events.Clear();

        venue.Time = end;
        venue.Send(new Tick());
        venue.Send(new Tick());

        Assert.Equal([amended.Id], venue.Events.Of<OrderExpired>().Select(e => e.Order));
        Assert.Null(venue.Exchange.NextDue);
    }

    private static Venue Market()
    {
        var venue = Venue.Trading();
        venue.Accept(new SetFeatureLevel(FeatureLevels.OrderOptions));
        return venue;
    }

    private static CommandOutcome Place(Venue venue, int account, Side side, long price, long lots, long expiresAt) =>
        venue.Send(
            Venue.Order(account, side, price, lots, TimeInForce.GoodTilDate) with
            {
                ExpiresAt = new Timestamp(expiresAt),
            },
            account);
}
