using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Goal: no bytes and no numbers make markets throw or lose money. Method: damaged commands, numbers near
/// every limit, and snapshots of which every bit was wrong once.</summary>
public sealed class MarketDamageTests
{
    private static readonly long[] Edges =
    [
        0, 1, -1, 2, 9, 10, 99, 100, long.MaxValue, long.MinValue, long.MaxValue / 10, (long.MaxValue / 10) + 1,
        long.MaxValue / 9, long.MaxValue / 20, 1L << 62, int.MaxValue, uint.MaxValue,
    ];

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    public void Damaged_commands_never_throw_and_lose_no_money(int seed)
    {
        var (venue, traffic, random) = (MarketTraffic.Open(), new MarketTraffic(seed), new Random(seed));
        var (events, result) = (new EventBuffer(), new ArrayBufferWriter<byte>());
        var reasons = new Dictionary<RejectReason, int>();
        for (var i = 0; i < 20_000; i++)
        {
            result.ResetWrittenCount();
            events.Clear();
            var (command, user) = traffic.Next(venue);
            var bytes = FuzzTests.Damage(venue.Bytes(command, user), random);
            venue.Time += 20;
            var applied = venue.Exchange.Apply(
                venue.Exchange.AppliedIndex + 1, new Timestamp(venue.Time), bytes, events, result);
            Assert.Equal(applied.Reason, ResultCodec.Read(result.WrittenSpan).Reason);
            reasons[applied.Reason] = reasons.GetValueOrDefault(applied.Reason) + 1;
            if (i % 200 == 0)
            {
                Soundness.Require(venue.Exchange);
            }
        }

        Soundness.Require(venue.Exchange);
        Assert.InRange(reasons[RejectReason.MalformedCommand], 2_000, 15_000);
        Assert.InRange(reasons[RejectReason.None], 1_000, 15_000);
    }

    [Fact]
    public void Commands_cut_short_or_lengthened_are_malformed()
    {
        var venue = MarketTraffic.Open();
        foreach (var command in Encoding.Samples.CommandValues.Where(
            value => value.GetType().Name.Contains("Prediction", StringComparison.Ordinal)
                || value is SplitSet or MergeSet))
        {
            var bytes = venue.Bytes(command, user: 1);
            var before = SnapshotParts.WithoutPosition(venue.Snapshot());
            for (var length = 0; length < bytes.Length; length++)
            {
                Assert.Equal(RejectReason.MalformedCommand, venue.Apply(bytes[..length]).Reason);
            }

            Assert.Equal(RejectReason.MalformedCommand, venue.Apply([.. bytes, 0]).Reason);
            Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));
        }
    }

    /// <summary>All the money there can be, in one account and a little in another; shares of a tenth, so that a set of
    /// one lot is ten units, ten ticks of one.</summary>
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    public void Numbers_near_every_limit_are_refused_without_a_trace_or_carried_out_soundly(int seed)
    {
        var random = new Random(seed);
        var (accepted, seen) = (0, new HashSet<RejectReason>());
        for (var run = 0; run < 25; run++)
        {
            var venue = Rich();
            for (var i = 0; i < 120; i++)
            {
                var account = random.Next(1, 3);
                var before = venue.Snapshot();
                var outcome = venue.Send(Draw(random, account), account);
                seen.Add(outcome.Reason);
                accepted += outcome.IsAccepted ? 1 : 0;
                if (!outcome.IsAccepted)
                {
                    Assert.Equal(
                        SnapshotParts.WithoutPosition(before), SnapshotParts.WithoutPosition(venue.Snapshot()));
                }
            }

            venue.Send(random.Next(2) == 0
                ? new VoidPredictionMarket(new PredictionMarketId(1), 0)
                : new ResolvePredictionMarket(new PredictionMarketId(1), "", [999_999_999_999, 1], 0));
        }

        Assert.True(accepted > 600, $"{accepted}");
        RejectReason[] expected =
        [
            RejectReason.NotionalTooLarge, RejectReason.InsufficientFunds, RejectReason.PriceNotBelowPayout,
            RejectReason.PriceNotPositive, RejectReason.QuantityNotPositive, RejectReason.PayoutsInvalid,
        ];
        Assert.Empty(expected.Except(seen));
    }

    /// <summary>What is still read must be able to trade and end.</summary>
    [Fact]
    public void A_snapshot_with_a_flipped_bit_is_refused_or_does_no_harm()
    {
        var market = new MarketVenue(accounts: 2, funds: 2_000);
        market.Split(1, 3);
        market.Buy(1, MarketVenue.Yes, 60, 5);
        market.Buy(2, MarketVenue.No, 40, 2);
        market.Sell(1, MarketVenue.No, 70, 1);
        market.Create(MarketVenue.Categorical("cup"));
        var snapshot = market.Venue.Snapshot();
        var refused = 0;
        for (var bit = 0; bit < snapshot.Length * 8; bit++)
        {
            var damaged = snapshot.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                var exchange = Exchange.ReadSnapshot(damaged);
                GoOn(exchange);
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, snapshot.Length * 3, snapshot.Length * 8);
    }

    private static void GoOn(Exchange exchange)
    {
        Soundness.Require(exchange);
        var venue = new Venue { Exchange = exchange, Time = exchange.Now.Microseconds };
        venue.Place(2, Side.Buy, 50, 3, instrument: MarketVenue.No);
        venue.Place(1, Side.Sell, 40, 2, instrument: MarketVenue.Yes);
        venue.Send(new MergeSet(default, new PredictionMarketId(1), new Quantity(1)), 1);
        venue.Send(new SplitSet(default, new PredictionMarketId(2), new Quantity(1)), 1);
        venue.Send(new VoidPredictionMarket(new PredictionMarketId(2), 0));
        venue.Send(new ResolvePredictionMarket(new PredictionMarketId(1), "", [1, 2], 0));
        venue.Send(default(Tick));
    }

    private static Venue Rich()
    {
        var venue = new Venue();
        venue.Accept(new SetFeatureLevel(FeatureLevels.PredictionMarkets));
        venue.Accept(new CreateAsset("USD", 2));
        venue.Accept(MarketVenue.Binary("m") with
        {
            Collateral = new AssetId(1),
            TickSize = new DecimalSize(1, 1),
            ShareScale = 1,
            MakerFeeBps = 10,
            TakerFeeBps = 10_000,
        });
        venue.Accept(new CreateAccount(""), user: 1);
        venue.Accept(new CreateAccount(""), user: 2);
        venue.Deposit(1, 1, long.MaxValue - (1L << 60));
        venue.Deposit(2, 1, 1L << 60);
        return venue;
    }

    private static object Draw(Random random, int account)
    {
        var market = new PredictionMarketId(1);
        return random.Next(20) switch
        {
            < 12 => Venue.Order(
                account, (Side)random.Next(2), random.Next(8) == 0 ? Number(random) : random.Next(1, 10),
                Number(random), (TimeInForce)random.Next(3), stp: (SelfTradePrevention)random.Next(5),
                type: random.Next(8) == 0 ? OrderType.Market : OrderType.Limit, instrument: random.Next(1, 3)) is var o
                && o.Type == OrderType.Market ? o with { LimitPrice = default } : o,
            < 14 => new SplitSet(default, market, new Quantity(Number(random))),
            < 16 => new MergeSet(default, market, new Quantity(Number(random))),
            < 18 => new AmendOrder(
                default, new OrderId(random.Next(1, 30)), new Price(random.Next(1, 10)), new Quantity(Number(random)),
                default),
            18 => new CancelOrders(default, default, null),
            _ => new ResolvePredictionMarket(market, "", [Number(random), -1], 0),
        };
    }

    private static long Number(Random random) => random.Next(3) switch
    {
        0 => Edges[random.Next(Edges.Length)],
        1 => random.NextInt64(1L << random.Next(1, 62)),
        _ => random.Next(1, 50),
    };
}
