using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Goal: the audit sees a unit in a pot too few or too many. Method: a market with a matched bet as it is,
/// then with other numbers.</summary>
public sealed class PotSoundnessTests
{
    [Theory]
    [InlineData(BettingMarketState.Open, 0, false, true)]
    [InlineData(BettingMarketState.Closed, 0, true, true)]
    [InlineData(BettingMarketState.Open, -1, false, false)]
    [InlineData(BettingMarketState.Suspended, 1, false, false)]
    [InlineData(BettingMarketState.Settled, -1, true, true)] // Some are paid, some are not.
    [InlineData(BettingMarketState.Settled, 1, true, false)]
    [InlineData(BettingMarketState.Voided, 0, false, false)]
    public void Pot_is_what_is_matched_until_it_is_paid(
        BettingMarketState state, long difference, bool isBatchUnderWay, bool isSound)
    {
        var venue = Open();
        venue.Back(1, A, 300, 10 * One);
        venue.Lay(2, A, 300, 10 * One);
        var market = venue.BettingMarket();
        Assert.Equal(30 * One, market.Pot.Units);

        market = market with
        {
            State = state,
            Pot = new Amount(market.Pot.Units + difference),
            IsBatchUnderWay = isBatchUnderWay,
        };

        Assert.Equal(isSound, market.IsSound);
    }

    [Fact]
    public void Pot_of_a_settled_market_is_empty()
    {
        var venue = Open();
        venue.Back(1, A, 300, 10 * One);
        venue.Lay(2, A, 300, 10 * One);
        venue.SetState(BettingMarketState.Closed);
        Assert.Equal(RejectReason.None, venue.Settle(A).Reason);

        var market = venue.BettingMarket();
        Assert.Equal((true, 0L), (market.IsSound, market.Pot.Units));
        Assert.False((market with { Pot = new Amount(1) }).IsSound);
    }
}
