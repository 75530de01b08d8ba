using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Goal: collateral becomes complete sets and sets collateral, and nothing else (MATCHING.md 7, R4). Method:
/// examples.</summary>
public sealed class SetTests
{
    private const long Funds = 1_000_000;
    private readonly MarketVenue _market = new();

    [Theory]
    [Trait("MatchingScenario", "122 split_merge_round_trip")]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(256)]
    public void Splitting_and_merging_as_much_changes_nothing(int outcomes)
    {
        var venue = _market.Venue;
        var market = _market.Create(MarketVenue.Categorical("cup", outcomes)).Id;
        var before = venue.Exchange.Balances(new AccountId(1))!;

        var split = venue.Send(new SplitSet(default, market, new Quantity(10)), 1).Set!;
        Assert.Equal((1_000, Funds - 1_000), (split.Amount.Units, split.Balance.Available.Units));
        var view = venue.Exchange.FindPredictionMarket(market)!;
        Assert.All(view.Outcomes, outcome => Assert.Equal(10, venue.Balance(1, outcome.Asset.Value).Available));
        Assert.Equal(1_000, venue.Exchange.Positions(new AccountId(1))!.Sum(position => position.Cost.Units));
        var merge = venue.Send(new MergeSet(default, market, new Quantity(10)), 1).Set!;

        Assert.Equal((1_000, Funds), (merge.Amount.Units, merge.Balance.Available.Units));
        Assert.Equal(
            before, venue.Exchange.Balances(new AccountId(1))!.Where(balance => balance.Available.Units != 0));
        Assert.All(
            venue.Exchange.Positions(new AccountId(1))!,
            position => Assert.Equal((0, 0, 0), (position.Quantity.Lots, position.Cost.Units, position.Realized)));
        view = venue.Exchange.FindPredictionMarket(market)!;
        Assert.Equal((0, 0), (view.Pool.Units, view.OpenInterest.Lots));
        Assert.Equal((1, 1), (venue.Events.Of<SetSplit>().Count(), venue.Events.Of<SetMerged>().Count()));
    }

    [Fact]
    public void Shares_that_orders_hold_are_not_merged()
    {
        _market.Split(1, 10);
        _market.Sell(1, MarketVenue.No, 60, 4);

        var refused = _market.Merge(1, 7);
        Assert.Equal(
            (RejectReason.InsufficientFunds, 7, 6, MarketVenue.NoShares),
            (refused.Reason, refused.Needed.Units, refused.Available.Units, refused.FundsAsset.Value));
        Assert.Equal(RejectReason.None, _market.Merge(1, 6).Reason);
        Assert.Equal((Funds - 400, 4, 4), _market.Has(1));
    }

    [Fact]
    public void Money_that_orders_hold_is_not_split()
    {
        _market.Buy(1, MarketVenue.Yes, 50, (Funds / 50) - 1);
        Assert.Equal(RejectReason.InsufficientFunds, _market.Split(1, 1).Reason);
        Assert.Equal(RejectReason.None, _market.Split(2, Funds / 100).Reason);
        Assert.Equal(RejectReason.InsufficientFunds, _market.Split(2, 1).Reason);
    }

    [Theory]
    [InlineData(PredictionMarketStatus.Pending, RejectReason.None, RejectReason.None)]
    [InlineData(PredictionMarketStatus.Active, RejectReason.None, RejectReason.None)]
    [InlineData(PredictionMarketStatus.Paused, RejectReason.None, RejectReason.None)]
    [InlineData(PredictionMarketStatus.Closed, RejectReason.MarketStateConflict, RejectReason.None)]
    [InlineData(PredictionMarketStatus.Resolved, RejectReason.AlreadyResolved, RejectReason.AlreadyResolved)]
    [InlineData(PredictionMarketStatus.Voided, RejectReason.AlreadyResolved, RejectReason.AlreadyResolved)]
    public void Sets_are_made_while_there_may_be_trades_and_unmade_until_the_end(
        PredictionMarketStatus status, RejectReason split, RejectReason merge)
    {
        var venue = _market.Venue;
        var market = _market.Create(MarketVenue.Binary("snow") with { IsPending = true }).Id;
        venue.Accept(new SplitSet(default, market, new Quantity(5)), 1);
        MarketStatusTests.Bring(venue, market, status);

        Assert.Equal(split, venue.Send(new SplitSet(default, market, new Quantity(1)), 1).Reason);
        Assert.Equal(merge, venue.Send(new MergeSet(default, market, new Quantity(1)), 1).Reason);
    }

    [Fact]
    public void Refusals_come_in_their_order()
    {
        var venue = _market.Venue;
        Assert.Equal(
            RejectReason.AccountNotFound,
            venue.Send(new SplitSet(new AccountId(2), default, default), 1).Reason);
        Assert.Equal(RejectReason.AccountRequired, venue.Send(new MergeSet(default, default, default), 77).Reason);
        Assert.Equal(
            RejectReason.PredictionMarketNotFound, venue.Send(new SplitSet(default, default, default), 1).Reason);
        Assert.Equal(RejectReason.QuantityNotPositive, _market.Split(1, 0).Reason);
        Assert.Equal(RejectReason.QuantityNotPositive, _market.Merge(1, -1).Reason);
        Assert.Equal(RejectReason.NotionalTooLarge, _market.Split(1, long.MaxValue).Reason);
        Assert.Equal(RejectReason.InsufficientFunds, _market.Merge(1, long.MaxValue).Reason);
        Assert.Equal(RejectReason.InsufficientFunds, _market.Split(1, long.MaxValue / 100).Reason);
    }

    [Fact]
    public void Shares_come_and_go_by_no_other_way()
    {
        _market.Split(1, 10);
        var venue = _market.Venue;
        var shares = new AssetId(MarketVenue.YesShares);
        Assert.Equal(
            RejectReason.AssetIsOutcome, venue.Send(new Deposit(new AccountId(1), shares, new Amount(1), "")).Reason);
        Assert.Equal(
            RejectReason.AssetIsOutcome, venue.Send(new Withdraw(new AccountId(1), shares, new Amount(1), "")).Reason);
        Assert.Equal(
            RejectReason.AssetIsOutcome,
            venue.Send(new ListInstrument(
                "YES-USD", shares, new AssetId(2), new DecimalSize(1, 0), new DecimalSize(1, 0), 0, 0)).Reason);
        Assert.Equal(
            RejectReason.AssetIsOutcome,
            venue.Send(MarketVenue.Binary("second") with { Collateral = shares }).Reason);
    }
}
