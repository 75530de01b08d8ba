using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests;

/// <summary>Goal: one log gives one state, one stream of events and one set of answers, wherever and however often it
/// is applied. Method: drawn traffic of all kinds of commands, applied again under other circumstances.</summary>
public sealed class DeterminismTests
{
    private const int Commands = 4_000;

    [Fact]
    [Trait("MatchingScenario", "107 same_log_same_hash_any_node")]
    [Trait("MatchingScenario", "113 rejects_are_replayed_identically")]
    public void One_log_gives_one_hash_one_stream_of_events_and_one_set_of_answers_refusals_included()
    {
        var first = Replay(seed: 11);
        var second = Replay(seed: 11);

        Assert.Equal(first, second);
        Assert.NotEqual(first.StateHash, Replay(seed: 12).StateHash);
        var refusals = first.Reasons.Split(' ').Where(reason => reason != nameof(RejectReason.None)).ToList();
        Assert.True(
            refusals.Distinct().Count() >= 6 && refusals.Count > Commands / 10,
            $"refused {refusals.Count}: {string.Join(' ', refusals.Distinct())}");
    }

    /// <summary>Node and tests are built without the data of cultures; what is left of them is set here to what no
    /// culture has.</summary>
    [Fact]
    [Trait("MatchingScenario", "116 culture_timezone_architecture_independence")]
    public void Culture_and_time_zone_change_no_byte()
    {
        var expected = Replay(seed: 21);
        Assert.True(AppContext.TryGetSwitch("System.Globalization.Invariant", out var isInvariant) && isInvariant);
        var (culture, zone) = (CultureInfo.CurrentCulture, Environment.GetEnvironmentVariable("TZ"));
        try
        {
            foreach (var timeZone in new[] { "Asia/Kathmandu", "Pacific/Apia" })
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Odd();
                Environment.SetEnvironmentVariable("TZ", timeZone);
                TimeZoneInfo.ClearCachedData();
                Assert.Equal("less 1", $"{-1}");

                Assert.Equal(expected, Replay(seed: 21));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }
    }

    [Fact]
    [Trait("MatchingScenario", "108 snapshot_and_tail_equal_full_replay")]
    public void Restored_exchange_tells_the_same_story_over_the_next_ten_thousand_commands()
    {
        var traffic = new Traffic(seed: 31);
        var venue = Traffic.Market();
        Story(venue, traffic, 2_000);
        var restored = new Venue { Exchange = Exchange.ReadSnapshot(venue.Snapshot()), Time = venue.Time };
        var tail = new Traffic(seed: 32);

        var expected = Story(venue, tail, 10_000);

        Assert.Equal(expected, Story(restored, new Traffic(seed: 32), 10_000));
    }

    [Fact]
    [Trait("MatchingScenario", "114 event_seq_gapless")]
    public void Ids_of_orders_trades_and_postings_run_through_the_events_without_gaps()
    {
        var venue = Traffic.Market();
        venue.Events.Clear();
        Story(venue, new Traffic(seed: 41), Commands);

        RequireGapless(venue.Events.Of<OrderAccepted>().Select(e => e.Order.Value), first: 1, atLeast: 1_000);
        RequireGapless(venue.Events.Of<Trade>().Select(e => e.Id.Value), first: 1, atLeast: 500);
        RequireGapless(
            venue.Events.Of<BalanceChanged>().Select(e => e.Ledger.Value), first: (2 * Traffic.Accounts) + 1,
            atLeast: 100);
    }

    /// <summary>From the encoded events alone, without a look at the exchange; icebergs show their peaks, and stop
    /// orders nothing.</summary>
    [Fact]
    [Trait("MatchingScenario", "117 L2_delta_stream_rebuilds_L2")]
    public void Events_alone_rebuild_the_levels_of_every_book_after_every_command()
    {
        var venue = Traffic.Market();
        venue.Accept(new SetFeatureLevel(FeatureLevels.OrderOptions));
        var (traffic, random) = (new Traffic(seed: 51), new Random(52));
        var (reader, events, result) = (new LevelsFromEvents(), new EventBuffer(), new ArrayBufferWriter<byte>());
        for (var i = 0; i < Commands; i++)
        {
            var command = i % 5 == 0 ? WithOptions(venue, random) : traffic.Next(i / 2);
            events.Clear();
            venue.Time += 1_000;
            venue.Exchange.Apply(
                venue.Exchange.AppliedIndex + 1, new Timestamp(venue.Time), command, events, result);
            EventCodec.Read(events.Bytes, reader);
            EventCodec.Read(events.Bytes, venue.Events);
            for (var instrument = 1; instrument <= 2; instrument++)
            {
                var book = venue.Exchange.Book(new InstrumentId(instrument), 1_000, withOrders: false)!;
                Assert.Equal(
                    book.Bids.Select(l => (l.Price.Ticks, l.Quantity.Lots, l.OrderCount)),
                    reader.Of(instrument, Side.Buy));
                Assert.Equal(
                    book.Asks.Select(l => (l.Price.Ticks, l.Quantity.Lots, l.OrderCount)),
                    reader.Of(instrument, Side.Sell));
            }
        }

        Assert.True(venue.Events.Of<OrderReplenished>().Count() > 20 && venue.Events.Of<OrderTriggered>().Count() > 20);
        Assert.Contains(venue.Events.Of<OrderExpired>(), e => e.Reason == StatusReason.GoodTilDate);
    }

    /// <summary>An iceberg, a stop order, one that ends some time or one that names its budget.</summary>
    private static byte[] WithOptions(Venue venue, Random random)
    {
        var account = random.Next(1, Traffic.Accounts + 1);
        var order = Venue.Order(
            account, (Side)random.Next(2), random.Next(90, 111), random.Next(10, 60), stp: SelfTradePrevention.None,
            instrument: random.Next(1, 3));
        order = random.Next(5) switch
        {
            0 => order with { DisplayQuantity = new Quantity(random.Next(1, 10)) },
            1 => order with { Type = OrderType.Stop, LimitPrice = default, StopPrice = order.LimitPrice },
            2 => order with { Type = OrderType.StopLimit, StopPrice = new Price(random.Next(90, 111)) },
            3 => order with
            {
                TimeInForce = TimeInForce.GoodTilDate,
                ExpiresAt = new Timestamp(venue.Time + random.Next(1, 200_000)),
                DisplayQuantity = new Quantity(random.Next(2) * random.Next(1, 10)),
            },
            _ => order with
            {
                Side = Side.Buy,
                Type = OrderType.Market,
                LimitPrice = default,
                Quantity = default,
                QuoteQuantity = new Amount(random.Next(1, 5_000)),
            },
        };
        return venue.Bytes(order, account);
    }

    private static Told Replay(int seed) => Story(Traffic.Market(), new Traffic(seed), Commands);

    private static Told Story(Venue venue, Traffic traffic, int commands)
    {
        var (events, result) = (new EventBuffer(), new ArrayBufferWriter<byte>());
        using var eventsHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reasons = new List<RejectReason>();
        for (var i = 0; i < commands; i++)
        {
            events.Clear();
            venue.Time += 1_000;
            var applied = venue.Exchange.Apply(
                venue.Exchange.AppliedIndex + 1, new Timestamp(venue.Time), traffic.Next(i / 2), events, result);
            reasons.Add(applied.Reason);
            eventsHash.AppendData(events.Bytes);
            EventCodec.Read(events.Bytes, venue.Events);
        }

        return new Told(
            venue.Hash(), Convert.ToHexString(eventsHash.GetHashAndReset()),
            Convert.ToHexString(SHA256.HashData(result.WrittenSpan)), string.Join(' ', reasons));
    }

    private static void RequireGapless(IEnumerable<long> ids, long first, int atLeast)
    {
        var all = ids.ToList();
        Assert.Equal(Enumerable.Range(0, all.Count).Select(i => first + i), all);
        Assert.True(all.Count >= atLeast, $"only {all.Count}");
    }

    private static CultureInfo Odd()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "less ";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = "'";
        culture.DateTimeFormat.DateSeparator = "|";
        return culture;
    }

    /// <summary>All that a run says: its state at the end, and every event, answer and reason on the way.</summary>
    private sealed record Told(string StateHash, string EventsHash, string AnswersHash, string Reasons);
}
