using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Betting;

public sealed class CurrencyTests
{
    /// <summary>Goal: that shares of an outcome, which go when it is resolved, are never in a pot.</summary>
    [Fact]
    public void Shares_of_an_outcome_are_no_currency_of_bets()
    {
        var venue = Open();
        venue.Accept(new CreatePredictionMarket(
            "rain", "Rain?", new AssetId(Currency), new DecimalSize(1, 2), 0, 0, 0, default,
            [new OutcomeDefinition("YES", "Yes"), new OutcomeDefinition("NO", "No")]));

        Assert.Equal(RejectReason.AssetIsOutcome, venue.Send(Market("on rain", currency: 2)).Reason);
        Assert.Equal(RejectReason.AssetIsOutcome, venue.Send(Market("on no rain", currency: 3)).Reason);
        Assert.Single(venue.Exchange.BettingMarkets);
    }
}
