using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests;

/// <summary>Snapshots: a restored exchange is the same exchange, and its bytes do not tell its history.</summary>
public sealed class SnapshotTests
{
    private static readonly ExchangeLimits Tight = new()
    {
        MaxRequestKeys = 50,
        MinRequestKeyAge = 0,
        MaxClosedOrdersPerAccount = 40,
        MaxClosedOrders = 120,
        MaxTrades = 100,
    };

    /// <summary>Method: at many points of a run one exchange goes on and a restored copy follows; both must say the
    /// same, and
    /// end in the same bytes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Scenario", "62 restore_equals_replay_hash")]
    [Trait("MatchingScenario", "108 snapshot_and_tail_equal_full_replay")]
    public void Snapshot_and_tail_equal_full_replay_in_events_results_and_hash(bool withOptions)
    {
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var (venue, traffic) = Start(seed, withOptions);
            var copy = new Venue(Tight) { Exchange = venue.Exchange };
            for (var i = 0; i < 3_000; i++)
            {
                if (i % (withOptions ? 25 : 250) == 0)
                {
                    var snapshot = venue.Snapshot();
                    copy.Exchange = Exchange.ReadSnapshot(snapshot);
                    Assert.Equal(snapshot, copy.Snapshot());
                    Assert.Equal(venue.Hash(), copy.Hash());
                }

                venue.Time = copy.Time += 50_000;
                var command = traffic.Next(lastOrder: i);
                venue.Events.Clear();
                copy.Events.Clear();
                venue.Apply(command);
                copy.Apply(command);
                Assert.Equal(venue.LastResult, copy.LastResult);
                Assert.Equal(venue.LastApplied, copy.LastApplied);
                Assert.Equal(venue.Events.Texts, copy.Events.Texts);
            }

            Assert.Equal(venue.Hash(), copy.Hash());
            Assert.True(venue.Exchange.Trades(new InstrumentId(1), default, 1)[0].Id.Value > 300, "the run traded");
        }
    }

    [Fact]
    [Trait("MatchingScenario", "110 snapshot_bytes_canonical")]
    public void Equal_states_with_other_histories_of_slots_have_equal_bytes()
    {
        // The same orders rest in both; in one, tables have grown and slots have been given back before.
        var busy = Venue.Trading(limits: new ExchangeLimits { MaxClosedOrders = 1, MaxTrades = 1 });
        for (var i = 0; i < 500; i++)
        {
            busy.Place(1, Side.Buy, 1 + (i % 90), 1, clientOrderId: $"c{i}");
        }

        busy.Send(new CancelOrders(default, default, null), user: 1);
        var restored = new Venue { Exchange = Exchange.ReadSnapshot(busy.Snapshot()), Time = busy.Time };
        foreach (var venue in new[] { busy, restored })
        {
            for (var i = 0; i < 40; i++)
            {
                venue.Place(2, Side.Sell, 100 + (i % 7), 1 + i);
            }
        }

        Assert.Equal(busy.Snapshot(), restored.Snapshot());
    }

    [Fact]
    [Trait("MatchingScenario", "109 restored_fifo_equals_original_incl_demoted_orders")]
    public void Restored_queue_keeps_the_order_of_demoted_orders()
    {
        var venue = Venue.Trading();
        var first = venue.Place(1, Side.Sell, 100, 5).Order!;
        var second = venue.Place(2, Side.Sell, 100, 5).Order!;
        var third = venue.Place(3, Side.Sell, 100, 5).Order!;
        venue.Amend(1, first, quantity: 6);
        venue.Amend(2, second, quantity: 4);

        venue.Exchange = Exchange.ReadSnapshot(venue.Snapshot());

        Assert.Equal([second.Id.Value, third.Id.Value, first.Id.Value], venue.Queue(Side.Sell));
        Assert.Equal(
            [first.Id.Value],
            venue.Send(new CancelOrders(default, default, null), user: 1).Canceled.Select(o => o.Value));
    }

    [Fact]
    [Trait("Scenario", "78 session_table_in_snapshot")]
    public void Remembered_requests_and_client_order_ids_survive()
    {
        var venue = Venue.Trading();
        venue.Send(Venue.Order(1, Side.Sell, 100, 5, clientOrderId: "c"), user: 1, key: "k");
        var first = venue.LastResult;
        venue.Place(2, Side.Buy, 100, 5);

        venue.Exchange = Exchange.ReadSnapshot(venue.Snapshot());

        venue.Send(Venue.Order(1, Side.Sell, 100, 5, clientOrderId: "c"), user: 1, key: "k");
        Assert.True(venue.LastApplied.IsReplay);
        Assert.Equal(first, venue.LastResult);
        var again = venue.Place(1, Side.Sell, 100, 5, clientOrderId: "c");
        Assert.Equal((true, OrderStatus.Filled, 1), (again.IsExistingOrder, again.Order!.Status, again.Fills.Count));
    }

    [Fact]
    public void Hash_is_that_of_the_snapshot_bytes_also_when_they_are_long()
    {
        var venue = Traffic.Market();
        var traffic = new Traffic(5);
        for (var i = 0; i < 2_000; i++)
        {
            venue.Events.Apply(venue.Exchange, venue.Time, traffic.Next(i), new ArrayBufferWriter<byte>());
        }

        var snapshot = venue.Snapshot();
        Assert.True(snapshot.Length > 1 << 16, "longer than one piece of the hash");
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(snapshot)), venue.Hash());
    }

    /// <summary>Method: a run until stop orders wait, a peak is partly consumed and a switch is armed; then one bit is
    /// flipped, or the end cut off, thousands of times.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_snapshots_are_refused_with_a_format_exception_or_are_sound(bool withOptions)
    {
        var (venue, traffic) = Start(seed: 9, withOptions);
        var i = 0;
        do
        {
            venue.Apply(traffic.Next(i));
        }
        while (++i < 300 || (withOptions && !HasAllKindsOfOptions(venue.Exchange)));

        var snapshot = venue.Snapshot();
        var random = new Random(17);
        var refused = 0;
        const int Damages = 3_000;
        for (i = 0; i < Damages; i++)
        {
            var damaged = snapshot.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            refused += IsRefused(i % 10 == 0 ? damaged[..random.Next(damaged.Length)] : damaged) ? 1 : 0;
        }

        // Many single bits are caught by the format or by the sums; others change what was (a label, a past trade): the
        // file's own
        // check sum is for those.
        Assert.InRange(refused, Damages / 3, Damages);
        Assert.Throws<FormatException>(() => Exchange.ReadSnapshot([]));
        Assert.Throws<FormatException>(() => Exchange.ReadSnapshot([.. snapshot, 0]));
    }

    /// <summary>Method: every bit of the options of a small market is flipped, one at a time; what is still read must
    /// be able to trade, trigger and end to the last order.</summary>
    [Fact]
    public void Options_with_a_flipped_bit_are_refused_or_do_no_harm()
    {
        var venue = Venue.Trading(funds: 1_000).WithOptions();
        venue.Place(Venue.Order(1, Side.Sell, 100, 9).Showing(4).Until(9_000_000));
        venue.Place(Venue.MarketOrder(1, Side.Sell, 5).StoppedAt(100));
        venue.Place(Venue.Order(3, Side.Sell, 90, 5).StoppedAt(95));
        venue.Place(Venue.MarketOrder(3, Side.Buy, 5).StoppedAt(101));
        venue.Place(Venue.MarketOrder(3, Side.Buy, 0).Spending(70).StoppedAt(102));
        venue.Accept(new SetCancelAfter(new AccountId(3), 2_000_000), user: 3);
        venue.Deposit(2, Venue.Quote, 1_000);
        venue.Place(Venue.Order(2, Side.Buy, 90, 11).Showing(2));
        venue.Accept(new Withdraw(new AccountId(1), new AssetId(Venue.Base), new Amount(1_000 - 9 - 5), ""));
        var snapshot = venue.Snapshot();
        var refused = 0;
        for (var bit = 0; bit < snapshot.Length * 8; bit++)
        {
            var damaged = snapshot.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            refused += IsRefused(damaged) ? 1 : 0;
            if (!IsRefused(damaged))
            {
                GoOn(Exchange.ReadSnapshot(damaged));
            }
        }

        Assert.InRange(refused, snapshot.Length * 4, snapshot.Length * 8);
    }

    private static void GoOn(Exchange exchange)
    {
        var venue = new Venue { Exchange = exchange, Time = exchange.Now.Microseconds };
        venue.Place(2, Side.Buy, 100, 3);
        venue.Place(2, Side.Sell, 103, 1);
        venue.Place(1, Side.Buy, 103, 1, stp: SelfTradePrevention.None);
        venue.Place(3, Side.Sell, 1, 20);
        venue.Market(2, Side.Buy, 20);
        venue.Time = Math.Max(venue.Time, 60_000_000);
        venue.Send(default(Tick));
    }

    [Fact]
    public void Limits_travel_with_the_snapshot_and_must_be_possible()
    {
        var restored = Exchange.ReadSnapshot(Venue.Trading(limits: Tight).Snapshot());
        var venue = new Venue { Exchange = restored };
        for (var i = 0; i < 60; i++)
        {
            venue.Cancel(1, venue.Place(1, Side.Buy, 1, 1).Order!);
        }

        Assert.Null(restored.FindOrder(new OrderId(20)));
        Assert.NotNull(restored.FindOrder(new OrderId(21)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Exchange(new ExchangeLimits { MaxTrades = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Exchange(new ExchangeLimits { MaxRequestBytes = 1L << 40 }));
    }

    private static (Venue Venue, Traffic Traffic) Start(int seed, bool withOptions)
    {
        var venue = Traffic.Market(Tight);
        return withOptions
            ? (venue.WithOptions(), new Traffic(seed) { Clock = () => venue.Time })
            : (venue, new Traffic(seed));
    }

    private static bool HasAllKindsOfOptions(Exchange exchange)
    {
        var orders = exchange.OpenOrders(new InstrumentId(1)).Concat(exchange.OpenOrders(new InstrumentId(2))).ToList();
        return orders.Any(o => o.Status == OrderStatus.Pending && o.Type == OrderType.Stop && o.Side == Side.Buy)
            && orders.Any(o => o.Status == OrderStatus.Pending && o.Type == OrderType.StopLimit)
            && orders.Any(o => o.Status == OrderStatus.Pending && o.QuoteQuantity.Units != 0)
            && orders.Any(o => o.Status == OrderStatus.Open && o.Hidden.Lots != 0
                && o.Remaining.Lots - o.Hidden.Lots < o.DisplayQuantity.Lots)
            && orders.Any(o => o.ExpiresAt.Microseconds != 0)
            && Enumerable.Range(1, Traffic.Accounts)
                .Any(account => exchange.FindAccount(new AccountId(account))!.CancelAfterAt is not null);
    }

    private static bool IsRefused(byte[] damaged)
    {
        try
        {
            Soundness.Require(Exchange.ReadSnapshot(damaged));
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
