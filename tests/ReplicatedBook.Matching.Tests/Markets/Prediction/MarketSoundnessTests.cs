using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Goal: the audit sees a unit or a share too few or too many. Method: views that are right, then wrong in one
/// number; three sets at a unit of 100 each, in whole shares.</summary>
public sealed class MarketSoundnessTests
{
    [Theory]
    [InlineData(PredictionMarketStatus.Active, 3, 3, 300, true)]
    [InlineData(PredictionMarketStatus.Closed, 3, 3, 300, true)]
    [InlineData(PredictionMarketStatus.Active, 3, 3, 299, false)]
    [InlineData(PredictionMarketStatus.Active, 3, 3, 301, false)]
    [InlineData(PredictionMarketStatus.Active, 3, 2, 300, false)]
    [InlineData(PredictionMarketStatus.Resolved, 0, 0, 0, true)]
    [InlineData(PredictionMarketStatus.Resolved, 0, 0, 1, false)]
    [InlineData(PredictionMarketStatus.Voided, 0, 1, 0, false)]
    public void Shares_and_collateral_belong_together_until_both_are_gone(
        PredictionMarketStatus status, long yes, long no, long pool, bool isSound) =>
        Assert.Equal(isSound, View(status, yes, no, pool).IsSound());

    [Theory]
    [InlineData(3, 3, 225, false)] // A share of the first pays three quarters of a unit, one of the second a quarter.
    [InlineData(3, 0, 225, true)]
    [InlineData(3, 0, 224, false)]
    [InlineData(0, 3, 75, true)]
    [InlineData(0, 3, 74, false)]
    [InlineData(3, 3, 300, true)]
    [InlineData(3, 3, 299, false)]
    public void While_holders_are_paid_what_is_left_covers_the_others(long yes, long no, long pool, bool isSound)
    {
        var view = View(PredictionMarketStatus.Resolved, yes, no, pool);

        var paying = view with
        {
            IsUnfinished = true,
            PayoutDenominator = 4,
            Outcomes = [view.Outcomes[0] with { Payout = 3 }, view.Outcomes[1] with { Payout = 1 }],
        };

        Assert.Equal(isSound, paying.IsSound());
    }

    private static PredictionMarketView View(PredictionMarketStatus status, long yes, long no, long pool) => new(
        new PredictionMarketId(1), "e", "t", "", "", new AssetView(new AssetId(1), "USD", 2), new DecimalSize(1, 2),
        100, 0, status, [Outcome("YES", yes), Outcome("NO", no)])
    {
        OpenInterest = new Quantity(Math.Max(yes, no)),
        Pool = new Amount(pool),
    };

    private static OutcomeView Outcome(string id, long supply) => new(
        id, id, new InstrumentId(1), new AssetId(2), new Quantity(supply), null, null, null, 0);
}
