using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Goal: the end of a large market is spread over entries, each bounded, goes on wherever it was left, and
/// pays everybody once. Method: more orders and holders than an entry takes; snapshots in the middle.</summary>
public sealed class SettlingTests
{
    private const int Accounts = 6_000;
    private const int Funds = 10_000;
    private static readonly PredictionMarketId Market = new(1);

    private readonly RecordedEvents _events = new();

    [Theory]
    [InlineData(PredictionMarketStatus.Resolved)]
    [InlineData(PredictionMarketStatus.Voided)]
    public void Twelve_thousand_orders_and_holders_end_in_bounded_entries_over_restarts(PredictionMarketStatus end)
    {
        var exchange = Crowded();
        Send(exchange, end == PredictionMarketStatus.Resolved
            ? new ResolvePredictionMarket(Market, "", [1, 2, 4], 0)
            : new VoidPredictionMarket(Market, 0));
        var (canceled, paid, merged) = Take();
        Assert.Equal((Exchange.MostSteps, 0), (canceled.Count, paid.Count));
        var entries = 1;
        while (exchange.NextDue is { } due)
        {
            Assert.True(due.Microseconds <= exchange.Now.Microseconds, "an end is never put off");
            Assert.True(exchange.FindPredictionMarket(Market)!.IsUnfinished);
            var restored = Exchange.ReadSnapshot(SnapshotOf(exchange));
            Assert.Equal(SnapshotOf(exchange), SnapshotOf(restored));
            Assert.Equal(exchange.NextDue, restored.NextDue);
            Send(restored, default(Tick));
            var again = Take();
            Send(exchange, default(Tick));
            var once = Take();
            Assert.Equal(again, once, (a, b) => a.Canceled.SequenceEqual(b.Canceled) && a.Paid.SequenceEqual(b.Paid));
            Assert.Equal(SnapshotOf(restored), SnapshotOf(exchange));
            Assert.InRange(
                once.Canceled.Count + (3 * (once.Paid.Count + once.Merged.Count)), 1, Exchange.MostSteps + 3);
            canceled.AddRange(once.Canceled);
            paid.AddRange(once.Paid);
            merged.AddRange(once.Merged);
            exchange = restored; // The next leader goes on.
            entries++;
        }

        Assert.True(entries >= 3, $"{entries} entries");
        Assert.Equal(2 * Accounts, canceled.Distinct().Count());
        Assert.Equal(2 * Accounts, canceled.Count);
        var view = exchange.FindPredictionMarket(Market)!;
        Assert.Equal(
            (2 * Accounts, Accounts, false, 0), (view.OrdersCanceled, view.AccountsPaid, view.IsUnfinished,
                view.Pool.Units));
        var holders = end == PredictionMarketStatus.Resolved ? paid : merged;
        Assert.Equal(Enumerable.Range(1, Accounts).Select(i => (long)i), holders.Order());
        Soundness.Require(exchange);
        for (var account = 1; account <= Accounts; account++)
        {
            // Each split one set: whatever the payouts, it is worth what was paid for it.
            var balance = exchange.Balances(new AccountId(account))!.Single(b => b.Asset.Value == 1);
            Assert.Equal((Funds, 0), (balance.Available.Units, balance.Reserved.Units));
        }
    }

    /// <summary>However far the end of a market is, none of its orders trades, and none is taken.</summary>
    [Fact]
    public void Nothing_trades_while_a_close_goes_on()
    {
        var exchange = Crowded();
        Send(exchange, new SetPredictionMarketStatus(Market, PredictionMarketStatus.Closed, 0));
        Take();
        Assert.Equal(
            RejectReason.MarketNotOpen,
            Send(exchange, Venue.Order(1, Side.Buy, 99, 1, instrument: 1, stp: SelfTradePrevention.None), 1));
        Assert.Empty(_events.Of<Trade>());
        Assert.Null(exchange.NextDue);
        Assert.Empty(exchange.OpenOrders(new InstrumentId(1)));
        Assert.False(exchange.FindPredictionMarket(Market)!.IsUnfinished);
    }

    /// <summary>An end that comes while another is not over waits for it, and one that follows a close that is not over
    /// goes on from it.</summary>
    [Fact]
    public void Ends_follow_one_another()
    {
        var exchange = Crowded();
        Send(exchange, MarketVenue.Binary("second") with { Collateral = new AssetId(1) });
        Send(exchange, new SplitSet(default, new PredictionMarketId(2), new Quantity(3)), 1);
        Send(exchange, new SetPredictionMarketStatus(Market, PredictionMarketStatus.Closed, 0));
        Send(exchange, new ResolvePredictionMarket(new PredictionMarketId(2), "YES", [], 0));
        Send(exchange, new ResolvePredictionMarket(Market, "o0", [], 0));
        Assert.Equal(RejectReason.AlreadyResolved, Send(exchange, new VoidPredictionMarket(Market, 0)));
        for (var i = 0; i < 10 && exchange.NextDue is not null; i++)
        {
            Send(exchange, default(Tick));
        }

        Assert.Null(exchange.NextDue);
        Assert.Equal(Accounts, _events.Of<PositionSettled>().Count(e => e.Market == Market));
        Assert.All(exchange.PredictionMarkets, market => Assert.Equal((0, 0), (market.Pool.Units, market.Dust.Units)));
        Soundness.Require(exchange);
    }

    /// <summary>A market of three outcomes: each account has a set, offers of it the first outcome, and bids for the
    /// second.</summary>
    private Exchange Crowded()
    {
        var exchange = new Exchange(new ExchangeLimits());
        Send(exchange, new SetFeatureLevel(FeatureLevels.PredictionMarkets));
        Send(exchange, new CreateAsset("USD", 2));
        Send(exchange, MarketVenue.Categorical("crowd") with { Collateral = new AssetId(1) });
        for (var account = 1; account <= Accounts; account++)
        {
            Send(exchange, new CreateAccount(""), account);
            Send(exchange, new Deposit(new AccountId(account), new AssetId(1), new Amount(Funds), ""), account);
            Send(exchange, new SplitSet(default, Market, new Quantity(1)), account);
            Send(exchange, Venue.Order(account, Side.Sell, 50 + (account % 40), 1, instrument: 1), account);
            Send(exchange, Venue.Order(account, Side.Buy, 10 + (account % 30), 2, instrument: 2), account);
        }

        _events.Clear();
        return exchange;
    }

    private RejectReason Send(Exchange exchange, object command, int user = 0)
    {
        var (bytes, result) = (new ByteBuffer(), new ByteBuffer());
        AnyCommand.Write(bytes, new CommandHeader(new UserId(user), default, default), command);
        return _events.Apply(exchange, 1_000, bytes.Written.ToArray(), result).Reason;
    }

    private (List<long> Canceled, List<long> Paid, List<long> Merged) Take()
    {
        var taken = (
            _events.Of<OrderCanceled>().Select(e => e.Order.Value).ToList(),
            _events.Of<PositionSettled>().Select(e => e.Account.Value).ToList(),
            _events.Of<SetMerged>().Select(e => e.Account.Value).ToList());
        _events.Clear();
        return taken;
    }

    private static byte[] SnapshotOf(Exchange exchange)
    {
        var bytes = new ByteBuffer();
        exchange.WriteSnapshot(bytes);
        return bytes.Written.ToArray();
    }
}
