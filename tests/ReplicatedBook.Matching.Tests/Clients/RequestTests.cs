using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Clients;

/// <summary>Exactly-once: by request key and by client order id (RELIABILITY.md P6, P7).</summary>
public sealed class RequestTests
{
    [Fact]
    [Trait("Scenario", "77 duplicate_request_applied_once")]
    [Trait("MatchingScenario", "92 idempotent_retry_same_client_seq_returns_same_result")]
    public void Retry_gets_the_first_answer_and_does_nothing_even_with_another_deadline()
    {
        var venue = Venue.Trading();
        var order = Venue.Order(1, Side.Sell, 100, 5);
        venue.Send(order, user: 1, key: "k1", deadline: venue.Time + 1);
        var (first, index) = (venue.LastResult, venue.Exchange.AppliedIndex);
        venue.Place(2, Side.Buy, 100, 2);
        var hash = SnapshotParts.WithoutPosition(venue.Snapshot());
        venue.Events.Clear();

        venue.Time += 100;
        venue.Send(order, user: 1, key: "k1", deadline: venue.Time - 50);

        Assert.Equal(first, venue.LastResult);
        Assert.Equal(new Applied(RejectReason.None, index), venue.LastApplied);
        Assert.Empty(venue.Events.All);
        Assert.Equal(hash, SnapshotParts.WithoutPosition(venue.Snapshot()));
    }

    [Fact]
    [Trait("MatchingScenario", "92 idempotent_retry_same_client_seq_returns_same_result")]
    public void Refusals_are_remembered_too()
    {
        var venue = Venue.Trading(accounts: 1, funds: 0);
        var order = Venue.Order(1, Side.Buy, 100, 5);
        Assert.Equal(RejectReason.InsufficientFunds, venue.Send(order, user: 1, key: "k").Reason);
        venue.Deposit(1, Venue.Quote, 1_000_000);

        var again = venue.Send(order, user: 1, key: "k");

        Assert.Equal((RejectReason.InsufficientFunds, 500L), (again.Reason, again.Needed.Units));
        Assert.True(venue.LastApplied.IsReplay);
        Assert.Empty(venue.Queue(Side.Buy));
    }

    [Fact]
    public void Same_key_for_another_request_is_refused_and_the_first_answer_stays()
    {
        var venue = Venue.Trading();
        venue.Send(Venue.Order(1, Side.Sell, 100, 5), user: 1, key: "k");
        Assert.Equal(
            RejectReason.RequestKeyReused, venue.Send(Venue.Order(1, Side.Sell, 100, 6), user: 1, key: "k").Reason);
        Assert.Equal(
            RejectReason.RequestKeyReused,
            venue.Send(new CancelOrders(default, default, null), user: 1, key: "k").Reason);
        Assert.True(venue.Send(Venue.Order(1, Side.Sell, 100, 5), user: 1, key: "k").IsAccepted);
        Assert.True(venue.LastApplied.IsReplay);
        Assert.Single(venue.Queue(Side.Sell));
    }

    [Fact]
    public void Keys_of_different_users_are_different_keys()
    {
        var venue = Venue.Trading();
        venue.Send(Venue.Order(1, Side.Sell, 100, 5), user: 1, key: "k");
        venue.Send(Venue.Order(2, Side.Sell, 100, 5), user: 2, key: "k");
        Assert.Equal(2, venue.Queue(Side.Sell).Length);
    }

    [Fact]
    public void Passed_deadline_has_no_effect_and_is_not_remembered()
    {
        var venue = Venue.Trading();
        var order = Venue.Order(1, Side.Sell, 100, 5);
        Assert.Equal(
            RejectReason.DeadlineExceeded, venue.Send(order, user: 1, key: "k", deadline: venue.Time - 1).Reason);
        Assert.Empty(venue.Queue(Side.Sell));
        Assert.True(venue.Send(order, user: 1, key: "k", deadline: venue.Time).IsAccepted);
        Assert.False(venue.LastApplied.IsReplay);
        Assert.Equal(RejectReason.DeadlineExceeded, venue.Send(new CreateAccount(""), deadline: 1).Reason);
    }

    [Fact]
    public void Table_full_of_young_keys_refuses_new_ones_and_forgets_only_old_ones()
    {
        var venue = Venue.Trading(limits: new ExchangeLimits { MaxRequestKeys = 2, MinRequestKeyAge = 1_000 });
        venue.Send(Venue.Order(1, Side.Sell, 100, 1), user: 1, key: "a");
        venue.Time += 500;
        venue.Send(Venue.Order(1, Side.Sell, 101, 1), user: 1, key: "b");
        Assert.Equal(
            RejectReason.RequestTableFull, venue.Send(Venue.Order(1, Side.Sell, 102, 1), user: 1, key: "c").Reason);
        Assert.Equal(2, venue.Queue(Side.Sell).Length);

        // Without a key there is no limit.
        Assert.True(venue.Send(Venue.Order(1, Side.Sell, 103, 1), user: 1).IsAccepted);

        venue.Time += 500;

        Assert.True(venue.Send(Venue.Order(1, Side.Sell, 102, 1), user: 1, key: "c").IsAccepted);
        Assert.Null(venue.Exchange.FindRequest(new UserId(1), Key("a")));
        Assert.NotNull(venue.Exchange.FindRequest(new UserId(1), Key("b")));
        Assert.Equal(
            RejectReason.RequestTableFull, venue.Send(Venue.Order(1, Side.Sell, 104, 1), user: 1, key: "d").Reason);
    }

    [Fact]
    public void Bytes_of_answers_are_limited_as_keys_are()
    {
        var venue = Venue.Trading(limits: new ExchangeLimits { MaxRequestBytes = 100, MinRequestKeyAge = 0 });
        for (var i = 0; i < 50; i++)
        {
            Assert.True(venue.Send(Venue.Order(1, Side.Sell, 100, 1), user: 1, key: $"k{i}").IsAccepted);
            Assert.NotNull(venue.Exchange.FindRequest(new UserId(1), Key($"k{i}")));
            Assert.True(
                i < 3 || venue.Exchange.FindRequest(new UserId(1), Key($"k{i - 3}")) is null,
                "three answers are too many");
        }
    }

    [Fact]
    public void Request_can_be_looked_up_by_its_key()
    {
        var venue = Venue.Trading();
        venue.Send(Venue.Order(1, Side.Sell, 100, 5), user: 1, key: "k");
        var request = venue.Exchange.FindRequest(new UserId(1), Key("k"))!;
        Assert.Equal((venue.Exchange.AppliedIndex, venue.Time), (request.Index, request.At.Microseconds));
        Assert.Equal(venue.LastResult, request.Result.ToArray());
        Assert.Null(venue.Exchange.FindRequest(new UserId(2), Key("k")));
        Assert.Null(venue.Exchange.FindRequest(new UserId(1), default));
    }

    [Fact]
    [Trait("MatchingScenario", "92 idempotent_retry_same_client_seq_returns_same_result")]
    public void Repeated_client_order_id_gives_the_order_as_it_is_now_with_its_fills()
    {
        var venue = Venue.Trading();
        var id = venue.Place(1, Side.Sell, 100, 5, clientOrderId: "c").Order!.Id;
        venue.Place(2, Side.Buy, 100, 2);
        venue.Place(2, Side.Buy, 100, 1);
        venue.Amend(1, venue.Exchange.FindOrder(id)!, price: 101, quantity: 6);
        venue.Accept(new SetInstrumentStatus(new InstrumentId(1), InstrumentStatus.Halted, false, 0));
        venue.Events.Clear();

        var again = venue.Place(1, Side.Sell, 100, 5, clientOrderId: "c");

        Assert.True(again is { IsAccepted: true, IsExistingOrder: true });
        Assert.Equal((id, 3L, 101L), (again.Order!.Id, again.Order.Filled.Lots, again.Order.LimitPrice.Ticks));
        Assert.Equal([2L, 1L], again.Fills.Select(f => f.Quantity.Lots));
        Assert.Empty(venue.Events.All);
    }

    [Fact]
    [Trait("MatchingScenario", "28 id_reuse_after_cancel")]
    [Trait("MatchingScenario", "29 id_reuse_after_fill")]
    [Trait("MatchingScenario", "30 duplicate_of_any_seen_id_rejected")]
    public void Client_order_id_for_another_order_is_refused_however_the_first_has_ended()
    {
        var venue = Venue.Trading();
        var canceled = venue.Place(1, Side.Sell, 100, 5, clientOrderId: "canceled").Order!;
        venue.Cancel(1, canceled);
        var filled = venue.Place(1, Side.Sell, 100, 5, clientOrderId: "filled").Order!;
        venue.Place(2, Side.Buy, 100, 5);
        var expired = venue.Place(
            1, Side.Sell, 100, 5, TimeInForce.ImmediateOrCancel, clientOrderId: "expired").Order!;
        foreach (var (id, first) in new[] { ("canceled", canceled), ("filled", filled), ("expired", expired) })
        {
            var time = first.TimeInForce;
            Assert.Equal(
                RejectReason.ClientOrderIdReused, venue.Place(1, Side.Sell, 100, 6, time, clientOrderId: id).Reason);
            Assert.Equal(
                RejectReason.ClientOrderIdReused, venue.Place(1, Side.Buy, 100, 5, time, clientOrderId: id).Reason);
            Assert.Equal(
                RejectReason.ClientOrderIdReused,
                venue.Place(1, Side.Sell, 100, 5, time, clientOrderId: id, stp: SelfTradePrevention.None).Reason);
            Assert.Equal(first.Id, venue.Place(1, Side.Sell, 100, 5, time, clientOrderId: id).Order!.Id);
        }

        Assert.Empty(venue.Queue(Side.Sell));
        Assert.NotEqual(canceled.Id, venue.Place(2, Side.Sell, 100, 5, clientOrderId: "canceled").Order!.Id);
    }

    [Fact]
    [Trait("MatchingScenario", "31 duplicate_live_id_rejected_without_side_effects")]
    public void Client_order_id_of_an_open_order_for_another_one_is_refused_without_side_effects()
    {
        var venue = Venue.Trading();
        venue.Place(2, Side.Buy, 90, 5);
        venue.Place(1, Side.Sell, 100, 5, clientOrderId: "c");
        var before = SnapshotParts.WithoutPosition(venue.Snapshot());
        venue.Events.Clear();

        Assert.Equal(RejectReason.ClientOrderIdReused, venue.Place(1, Side.Sell, 90, 5, clientOrderId: "c").Reason);

        Assert.IsType<OrderRejected>(Assert.Single(venue.Events.All));
        Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));
    }

    [Fact]
    [Trait("MatchingScenario", "30 duplicate_of_any_seen_id_rejected")]
    public void Forgotten_client_order_id_can_be_used_again()
    {
        var venue = Venue.Trading(limits: new ExchangeLimits { MaxClosedOrdersPerAccount = 1 });
        venue.Cancel(1, venue.Place(1, Side.Sell, 100, 5, clientOrderId: "c").Order!);
        venue.Cancel(1, venue.Place(1, Side.Sell, 100, 5, clientOrderId: "d").Order!);
        Assert.False(venue.Place(1, Side.Sell, 100, 9, clientOrderId: "c").IsExistingOrder);
        Assert.Null(venue.Exchange.FindOrder(new AccountId(1), ClientId("x")));
        Assert.Equal(9, venue.Exchange.FindOrder(new AccountId(1), ClientId("c"))!.Quantity.Lots);
    }

    private static RequestKey Key(string text)
    {
        Assert.True(RequestKey.TryCreate(text, out var key));
        return key;
    }

    private static ClientOrderId ClientId(string text)
    {
        Assert.True(ClientOrderId.TryCreate(text, out var id));
        return id;
    }
}
