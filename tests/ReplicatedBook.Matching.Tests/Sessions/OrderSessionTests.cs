using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using static ReplicatedBook.Matching.Tests.Testing.OrderSessionVenue;

namespace ReplicatedBook.Matching.Tests.Sessions;

/// <summary>Goal: what a session of orders promises, case by case.</summary>
public sealed class OrderSessionTests
{
    private static readonly (OrderStatus, StatusReason) Gone = (OrderStatus.Canceled, StatusReason.SessionEnded);
    private static readonly (OrderStatus, StatusReason) Kept = (OrderStatus.Open, StatusReason.None);

    [Fact]
    public void Closing_cancels_every_kind_of_order_and_bet_of_the_session_at_once_and_no_other()
    {
        var venue = Open();
        var (session, other) = (venue.OpenSession(2), venue.OpenSession(2));
        CommandOutcome[] placed =
        [
            venue.PlaceIn(session, 2),
            venue.Place(Venue.Order(2, Side.Sell, 120, 10).Showing(2) with { Session = session }),
            venue.Place(Venue.Order(2, Side.Sell, 120, 10).Until(900_000_000) with { Session = session }),
            venue.Place(Venue.Order(2, Side.Sell, 80, 10).StoppedAt(85) with { Session = session }),
            venue.Place(BettingVenue.Bet(2, BetSide.Back, 1, 300, 100 * BettingVenue.One) with { Session = session }),
        ];
        CommandOutcome[] others = [venue.PlaceIn(other, 2), venue.PlaceIn(default, 2)];

        var closed = venue.CloseSession(session, 2);

        Assert.Equal((session, placed.Length), (closed.OrderSession, closed.OrderSessionCount));
        Assert.All(placed, one => Assert.Equal(Gone, venue.StateOf(one)));
        Assert.All(others, one => Assert.Equal(Kept, venue.StateOf(one)));
        Assert.Equal(
            placed.Length - 1, venue.Events.Of<OrderCanceled>().Count(e => e.Reason == StatusReason.SessionEnded));
        Assert.Equal(other, Assert.Single(venue.Exchange.OrderSessions).Session);
        Assert.Equal(RejectReason.OrderSessionEnded, venue.CloseSession(session, 2).Reason);
    }

    [Fact]
    public void Batches_of_all_forms_are_remembered_by_their_session()
    {
        var venue = Open();
        var session = venue.OpenSession(2);
        var order = Venue.Order(2, Side.Buy, 90, 10);
        var bet = BettingVenue.Bet(2, BetSide.Lay, 1, 300, 100 * BettingVenue.One);
        CommandOutcome[] placed =
        [
            .. venue.Accept(new PlaceBatch([order, order]) { Session = session }, 2).Items,
            .. venue.Accept(new PlaceBatch([order, order]) { IsAtomic = true, Session = session }, 2).Items,
            .. venue.Accept(
                new PlaceBatchWithBets([new BatchItem(order, null), new BatchItem(null, bet)]) { Session = session },
                2).Items,
        ];
        Assert.Equal(6, placed.Length);
        Assert.All(placed, one => Assert.Equal(Kept, venue.StateOf(one)));

        venue.CloseSession(session, 2);

        Assert.All(placed, one => Assert.Equal(Gone, venue.StateOf(one)));
    }

    [Fact]
    public void Orders_go_on_for_the_grace_but_none_is_placed_any_more()
    {
        var venue = Open();
        var session = venue.OpenSession(2, grace: 2_000_000);
        var placed = venue.PlaceIn(session, 2);
        var end = venue.Time;

        Assert.Equal(0, venue.CloseSession(session, 2).OrderSessionCount);
        Assert.Equal(RejectReason.OrderSessionEnded, venue.PlaceIn(session, 2).Reason);
        Assert.Equal(new Timestamp(end + 2_000_000), venue.Exchange.NextDue);
        venue.TickAt(end + 1_999_999);
        Assert.Equal(Kept, venue.StateOf(placed));
        venue.TickAt(end + 2_000_000);

        Assert.Equal(Gone, venue.StateOf(placed));
        Assert.Empty(venue.Exchange.OrderSessions);
    }

    [Fact]
    public void A_lease_that_runs_out_ends_all_sessions_of_its_node_and_grace_counts_from_then()
    {
        var venue = Open();
        var (first, second) = (venue.OpenSession(2), venue.OpenSession(3, grace: 1_000_000));
        var elsewhere = venue.OpenSession(3, "n2", lease: OpenOrderSession.MaxLease);
        var due = venue.Time + Lease;
        CommandOutcome[] placed = [venue.PlaceIn(first, 2), venue.PlaceIn(second, 3), venue.PlaceIn(elsewhere, 3)];

        venue.TickAt(due - 1);
        Assert.All(placed, one => Assert.Equal(Kept, venue.StateOf(one)));
        venue.TickAt(due + 400_000); // Late: the grace has begun at the end of the lease.

        Assert.Equal([Gone, Kept, Kept], placed.Select(venue.StateOf));
        Assert.Equal(
            [OrderSessionChange.LeaseExpired, OrderSessionChange.LeaseExpired],
            venue.Events.Of<OrderSessionChanged>().Where(e => e.Change != OrderSessionChange.Opened)
                .Select(e => e.Change));
        Assert.Equal(new Timestamp(due + 1_000_000), venue.Exchange.NextDue);
        venue.TickAt(due + 1_000_000);
        Assert.Equal([Gone, Gone, Kept], placed.Select(venue.StateOf));
    }

    [Fact]
    public void A_node_that_is_heard_of_keeps_its_sessions_however_long()
    {
        var venue = Open();
        var placed = venue.PlaceIn(venue.OpenSession(2), 2);
        for (var i = 0; i < 10; i++)
        {
            venue.Time += Lease - 1;
            Assert.Equal(1, venue.RenewSessions().OrderSessionCount);
        }

        Assert.Equal(Kept, venue.StateOf(placed));
        venue.TickAt(venue.Time + Lease);
        Assert.Equal(Gone, venue.StateOf(placed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_run_of_a_node_ends_the_sessions_of_the_one_before(bool byOpening)
    {
        var venue = Open();
        var placed = venue.PlaceIn(venue.OpenSession(2), 2);
        var elsewhere = venue.PlaceIn(venue.OpenSession(2, "n2"), 2);
        Assert.True(venue.Exchange.HasOlderOrderSessions("n1", incarnation: 2));

        if (byOpening)
        {
            venue.OpenSession(3, incarnation: 2);
        }
        else
        {
            Assert.Equal(0, venue.RenewSessions(incarnation: 2).OrderSessionCount);
        }

        Assert.Equal(Gone, venue.StateOf(placed));
        Assert.Equal(Kept, venue.StateOf(elsewhere));
        Assert.False(venue.Exchange.HasOlderOrderSessions("n1", incarnation: 2));
        Assert.Contains(
            venue.Events.Of<OrderSessionChanged>(), e => e.Change == OrderSessionChange.NodeRestarted);
    }

    [Fact]
    public void A_user_who_is_disabled_loses_all_sessions_and_can_open_none()
    {
        var venue = Open();
        var placed = venue.PlaceIn(venue.OpenSession(2), 2);
        var other = venue.PlaceIn(venue.OpenSession(3), 3);

        venue.Accept(new UpdateUser(new UserId(2), null, true, 0), Root);

        Assert.Equal((Gone, Kept), (venue.StateOf(placed), venue.StateOf(other)));
        Assert.Equal(
            RejectReason.UserNotFound, venue.Send(new OpenOrderSession("n1", 1, Lease, 0), user: 2).Reason);
    }

    [Fact]
    public void What_cannot_be_is_refused_and_leaves_no_trace()
    {
        var venue = Open(limits: new ExchangeLimits { MaxOrderSessions = 3, MaxOrderSessionsPerUser = 2 });
        var session = venue.OpenSession(2);
        Refused(RejectReason.OrderSessionEnded, Venue.Order(3, Side.Buy, 90, 1) with { Session = session }, 3);
        Refused(RejectReason.OrderSessionEnded, Venue.Order(2, Side.Buy, 90, 1) with { Session = new(99) }, 2);
        Refused(
            RejectReason.OrderSessionEnded,
            BettingVenue.Bet(3, BetSide.Back, 1, 300, BettingVenue.One) with { Session = session }, 3);
        Refused(RejectReason.OrderSessionEnded, new CloseOrderSession(session), 3);
        Refused(RejectReason.OrderSessionEnded, new CloseOrderSession(new OrderSessionId(99)), 2);
        Refused(RejectReason.UserNotFound, new OpenOrderSession("n1", 1, Lease, 0), 99);
        Refused(RejectReason.LeaseOutOfRange, new OpenOrderSession("n1", 1, OpenOrderSession.MinLease - 1, 0), 2);
        Refused(RejectReason.LeaseOutOfRange, new OpenOrderSession("n1", 1, OpenOrderSession.MaxLease + 1, 0), 2);
        Refused(RejectReason.LeaseOutOfRange, new OpenOrderSession("n1", 1, Lease, -1), 2);
        Refused(RejectReason.LeaseOutOfRange, new OpenOrderSession("n1", 1, Lease, OpenOrderSession.MaxGrace + 1), 2);
        Refused(RejectReason.MalformedCommand, new OpenOrderSession("not a name", 1, Lease, 0), 2);
        venue.OpenSession(2);
        Refused(RejectReason.TooManyOrderSessions, new OpenOrderSession("n1", 1, Lease, 0), 2);
        venue.OpenSession(3);
        Refused(RejectReason.TooManyOrderSessions, new OpenOrderSession("n1", 1, Lease, 0), 1);

        void Refused(RejectReason reason, object command, int user)
        {
            var before = SnapshotParts.WithoutPosition(venue.Snapshot());
            Assert.Equal(reason, venue.Send(command, user).Reason);
            Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));
        }
    }

    [Fact]
    public void Sessions_of_more_nodes_than_a_cluster_can_have_are_refused()
    {
        var venue = Open();
        for (var node = 1; node <= 64; node++)
        {
            venue.OpenSession(2, $"n{node}");
        }

        Assert.Equal(
            RejectReason.TooManyOrderSessions, venue.Send(new OpenOrderSession("n65", 1, Lease, 0), user: 2).Reason);
        venue.OpenSession(2, "n64");
    }

    [Fact]
    public void A_repeated_order_is_found_again_also_when_its_session_has_ended()
    {
        var venue = Open();
        var session = venue.OpenSession(2);
        var order = Venue.Order(2, Side.Buy, 90, 10, clientOrderId: "mine") with { Session = session };
        var placed = venue.Place(order);
        venue.CloseSession(session, 2);

        var again = venue.Place(order);

        Assert.True(again.IsExistingOrder);
        Assert.Equal(placed.Order!.Id, again.Order!.Id);
    }

    [Fact]
    public void An_order_keeps_its_session_when_it_is_amended_or_triggered_and_leaves_it_when_filled()
    {
        var venue = Open();
        var session = venue.OpenSession(2);
        var amended = venue.PlaceIn(session, 2);
        venue.Amend(2, amended.Order!, price: 95);
        var stop = venue.Place(Venue.Order(2, Side.Sell, 100, 10).StoppedAt(95) with { Session = session });
        var filled = venue.Place(Venue.Order(2, Side.Sell, 105, 5) with { Session = session });
        venue.Place(1, Side.Buy, 105, 5);
        Assert.Equal(2, Assert.Single(venue.Exchange.OrderSessions).OpenOrders);
        venue.Place(3, Side.Sell, 95, 1); // Trades with the amended one, which triggers the stop.

        venue.CloseSession(session, 2);

        Assert.Equal(Gone, venue.StateOf(amended));
        Assert.Equal(Gone, venue.StateOf(stop));
        Assert.Equal((OrderStatus.Filled, StatusReason.None), venue.StateOf(filled));
    }

    [Fact]
    public void A_large_session_is_canceled_over_several_entries_also_by_an_exchange_that_is_restored_on_the_way()
    {
        const int Orders = 25_000;
        var venue = Open();
        var session = venue.OpenSession(2);
        var order = Venue.Order(2, Side.Buy, 90, 1);
        var batch = new PlaceBatch([.. Enumerable.Repeat(order, PlaceBatch.MaxOrders)]) { Session = session };
        for (var i = 0; i < Orders / PlaceBatch.MaxOrders; i++)
        {
            venue.Exchange.Apply(
                venue.Exchange.AppliedIndex + 1, new Timestamp(venue.Time), venue.Bytes(batch, 2), new(),
                new System.Buffers.ArrayBufferWriter<byte>());
        }

        Assert.Equal(10_000, venue.CloseSession(session, 2).OrderSessionCount);
        Assert.Equal(15_000, Assert.Single(venue.Exchange.OrderSessions).OpenOrders);
        Assert.True(venue.Exchange.NextDue!.Value.Microseconds <= venue.Time);
        var copy = new Venue { Exchange = Exchange.ReadSnapshot(venue.Snapshot()), Time = venue.Time };
        foreach (var left in new[] { 5_000, 0 })
        {
            venue.Accept(default(Tick));
            copy.Accept(default(Tick));
            Assert.Equal(left, venue.Exchange.OrderSessions.Sum(one => one.OpenOrders));
            Assert.Equal(venue.Hash(), copy.Hash());
        }

        Assert.Null(venue.Exchange.NextDue);
        Assert.Empty(venue.Exchange.OpenOrders(new AccountId(2)));
    }

    [Fact]
    public void Nothing_of_it_has_an_effect_below_its_level()
    {
        var venue = IdentityVenue.Open();
        object[] commands =
        [
            new OpenOrderSession("n1", 1, Lease, 0), new CloseOrderSession(new OrderSessionId(1)),
            new RenewOrderSessions("n1", 1), Venue.Order(2, Side.Buy, 90, 1) with { Session = new(1) },
            new PlaceBatch([Venue.Order(2, Side.Buy, 90, 1)]) { Session = new(1) },
            BettingVenue.Bet(2, BetSide.Back, 1, 300, 100) with { Session = new(1) },
        ];
        var before = SnapshotParts.WithoutPosition(venue.Snapshot());

        Assert.All(
            commands, command => Assert.Equal(RejectReason.FeatureDisabled, venue.Send(command, user: 2).Reason));
        Assert.All(
            commands,
            command => Assert.Equal(
                FeatureLevels.OrderSessions, venue.Exchange.LevelNeededBy(venue.Bytes(command, user: 2))));
        Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));
    }
}
