using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Orders and bets in one entry: each stands for itself, in order.</summary>
public sealed class MixedBatchTests
{
    [Fact]
    public void Each_item_gets_the_result_that_it_would_have_had_alone()
    {
        var (batch, alone) = (WithSpot(), WithSpot());
        BatchItem[] items =
        [
            new(null, Bet(1, BetSide.Back, A, 300, 2 * One, clientOrderId: "b1")),
            new(Venue.Order(1, Side.Sell, 5, 10), null),
            new(null, Bet(1, BetSide.Lay, A, 300, One, stp: SelfTradePrevention.None)),
            new(null, Bet(1, BetSide.Back, 9, 300, One)),
            new(Venue.Order(1, Side.Buy, 5, 4, stp: SelfTradePrevention.None), null),
            new(null, Bet(1, BetSide.Back, A, 300, 2 * One, clientOrderId: "b1")),
            new(null, Bet(1, BetSide.Back, A, 301, One)),
            new(null, Bet(1, BetSide.Back, B, 150, 10_000L * One)),
        ];

        var outcome = batch.Send(new PlaceBatchWithBets(items), user: 1);

        Assert.Equal(RejectReason.None, outcome.Reason);
        var expected = items.Select(item => alone.Send(item.Bet is { } bet ? bet : item.Order!.Value, user: 1))
            .ToList();
        Assert.Equal(expected.Select(one => one.Reason), outcome.Items.Select(one => one.Reason));
        Assert.Equal(
            [
                RejectReason.None, RejectReason.None, RejectReason.None, RejectReason.RunnerNotFound,
                RejectReason.None, RejectReason.None, RejectReason.OddsInvalid, RejectReason.InsufficientFunds,
            ],
            outcome.Items.Select(one => one.Reason));
        Assert.Equal(
            expected.Select(one => (one.Bet?.Id, one.Bet?.Matched, one.BetFills.Count, one.IsExistingOrder)),
            outcome.Items.Select(one => (one.Bet?.Id, one.Bet?.Matched, one.BetFills.Count, one.IsExistingOrder)));
        Assert.Equal(
            expected.Select(one => (one.Order?.Id, one.Order?.Filled)),
            outcome.Items.Select(one => (one.Order?.Id, one.Order?.Filled)));
        Assert.Equal(batch.Funds(1), alone.Funds(1));
        Assert.Equal(batch.Events.All, alone.Events.All);
    }

    [Fact]
    public void A_bet_of_a_batch_that_waits_for_the_delay_is_let_in_in_time()
    {
        var venue = Open(delay: 5_000_000);
        venue.GoInPlay();

        venue.Send(new PlaceBatchWithBets([new(null, Bet(1, BetSide.Back, A, 300, One))]), user: 1);

        Assert.Equal(venue.Time + 5_000_000, venue.Exchange.NextDue!.Value.Microseconds);
    }

    [Fact]
    public void Retries_get_the_first_answer_and_a_late_batch_or_an_empty_one_changes_nothing()
    {
        var venue = WithSpot();
        var batch = new PlaceBatchWithBets(
            [new(null, Bet(1, BetSide.Back, A, 300, One)), new(Venue.Order(1, Side.Buy, 5, 4), null)]);
        venue.Send(batch, user: 1, key: "k");
        var first = venue.LastResult;
        venue.Send(batch, user: 1, key: "k");
        Assert.Equal(first, venue.LastResult);
        var before = venue.BettingMarket().OpenBets;

        venue.Events.Clear();
        Assert.Equal(RejectReason.DeadlineExceeded, venue.Send(batch, user: 1, deadline: 1).Reason);
        Assert.Equal(2, venue.Events.All.Count);
        Assert.Equal(RejectReason.BatchEmpty, venue.Send(new PlaceBatchWithBets([]), user: 1).Reason);
        Assert.Equal(before, venue.BettingMarket().OpenBets);
        var damaged = venue.Bytes(batch, user: 1);
        damaged[8] = 9; // An item that is neither an order nor a bet.
        Assert.Equal(RejectReason.MalformedCommand, venue.Apply(damaged).Reason);
    }

    [Fact]
    public void Below_the_level_of_bets_there_are_no_mixed_batches()
    {
        var venue = Venue.Trading();
        venue.Accept(new SetFeatureLevel(FeatureLevels.PredictionMarkets));
        var batch = new PlaceBatchWithBets([new(Venue.Order(1, Side.Buy, 5, 4), null)]);

        Assert.Equal(RejectReason.FeatureDisabled, venue.Send(batch, user: 1).Reason);
        Assert.Equal(FeatureLevels.BettingMarkets, venue.Exchange.LevelNeededBy(venue.LastCommand));
    }

    private static Venue WithSpot()
    {
        var venue = Open();
        venue.Accept(new CreateAsset("BTC", 0));
        venue.Deposit(1, 2, 1_000);
        venue.Accept(new ListInstrument(
            "BTC-EUR", new AssetId(2), new AssetId(1), new DecimalSize(1, 4), new DecimalSize(1, 0), 0, 0));
        venue.Events.Clear();
        return venue;
    }
}
