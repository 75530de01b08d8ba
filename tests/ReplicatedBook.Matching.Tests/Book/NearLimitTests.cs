using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: bad input is refused with its own reason before it has any effect, and never thrown on. Method:
/// drawn commands with numbers near every limit, applied to a populated exchange; a refusal must leave the state byte
/// for byte as it was, but for the remembered answer of a request with a key.</summary>
public sealed class NearLimitTests
{
    private const int Commands = 12_000;
    private const int CommandsOnOneState = 150;

    private static readonly RejectReason[] OfOrders =
    [
        RejectReason.None, RejectReason.DeadlineExceeded, RejectReason.RequestKeyReused, RejectReason.RequestTableFull,
        RejectReason.AccountNotFound, RejectReason.AccountRequired, RejectReason.InstrumentNotFound,
        RejectReason.OrderNotFound, RejectReason.OrderNotOpen, RejectReason.PriceNotPositive,
        RejectReason.QuantityNotPositive, RejectReason.NotionalTooLarge, RejectReason.MarketNotOpen,
        RejectReason.PostOnlyWouldTake, RejectReason.PostOnlyInvalid, RejectReason.InsufficientFunds,
        RejectReason.ClientOrderIdReused, RejectReason.NothingToAmend, RejectReason.RemainingMismatch,
        RejectReason.LimitReached, RejectReason.BatchEmpty,
    ];

    private static readonly RejectReason[] OfOptions =
    [
        RejectReason.TooManyOpenOrders, RejectReason.NotionalTooSmall, RejectReason.QuantityTooLarge,
        RejectReason.PriceOutOfBand, RejectReason.DisplayQuantityInvalid, RejectReason.ExpiryNotInFuture,
        RejectReason.OrderRuleOutOfRange, RejectReason.TimeoutOutOfRange, RejectReason.BatchAborted,
    ];

    [Theory]
    [InlineData(1, FeatureLevels.First)]
    [InlineData(2, FeatureLevels.First)]
    [InlineData(3, FeatureLevels.OrderOptions)]
    [InlineData(4, FeatureLevels.OrderOptions)]
    [InlineData(5, FeatureLevels.OrderOptions)]
    [Trait("MatchingScenario", "79 zero_qty")]
    [Trait("MatchingScenario", "80 negative_qty")]
    [Trait("MatchingScenario", "81 zero_or_negative_price")]
    [Trait("MatchingScenario", "86 price_times_qty_overflow_rejected")]
    [Trait("MatchingScenario", "88 long.MaxValue_price_or_qty")]
    public void Refusals_near_every_limit_change_nothing_and_nothing_throws(int seed, int level)
    {
        var start = NearLimits.Market(level);
        var populated = start.Snapshot();
        var draws = new NearLimits(seed);
        var seen = new HashSet<RejectReason>();
        var venue = start;
        for (var i = 0; i < Commands; i++)
        {
            if (i % CommandsOnOneState == 0)
            {
                venue = new Venue { Exchange = Exchange.ReadSnapshot(populated), Time = start.Time };
            }

            venue.Time += 10;
            if (level >= FeatureLevels.OrderOptions)
            {
                venue.Accept(new Tick()); // What is due by now is no effect of the command.
            }

            var next = draws.Next(lastOrder: 30);
            var command = draws.Bytes(next);
            var before = venue.Snapshot();
            try
            {
                var outcome = venue.Apply(command); // Looks at money and books too.
                seen.Add(outcome.Reason);
                seen.UnionWith(outcome.Items.Select(item => item.Reason));
                if (!outcome.IsAccepted || (outcome.Items.Count > 0 && !outcome.Items.Any(item => item.IsAccepted)))
                {
                    Assert.Equal(StateOf(before, next.Key), StateOf(venue.Snapshot(), next.Key));
                }
            }
            catch (Exception failure)
            {
                Assert.Fail($"seed {seed}, command {i}, {next}: {failure}");
            }
        }

        Assert.Empty(OfOrders.Except(seen));
        Assert.Empty(OfOptions.Except(level < FeatureLevels.OrderOptions ? OfOptions : seen));
    }

    private static byte[] StateOf(byte[] snapshot, string key)
    {
        var state = SnapshotParts.WithoutPosition(snapshot);
        return key.Length == 0 ? state : SnapshotParts.WithoutRequests(state);
    }
}
