using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A betting market.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">For people; unique.</param>
/// <param name="BookType">How its bets meet.</param>
/// <param name="IsInPlayCapable">Whether it may go in play.</param>
/// <param name="Currency">What is staked and won.</param>
/// <param name="StakeStep">Stakes are multiples of this, in units of the currency; less unmatched is dust.</param>
/// <param name="CommissionBps">What the venue takes of net winnings, in basis points.</param>
/// <param name="BetDelay">How long bets wait in play, in microseconds.</param>
/// <param name="MaxBetLiability">Most that one bet may risk; 0 for no bound.</param>
/// <param name="MaxAccountLiability">Most that one account may risk; 0 for no bound.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Phase">Before, or during, the event.</param>
/// <param name="Version">Grows with every change of state, phase or runners.</param>
/// <param name="Runners">In order of their coming.</param>
/// <param name="Matched">Sum of both sides' parts of all trades that are not void, in units of the currency.</param>
/// <param name="Pot">What of that is not yet paid out.</param>
/// <param name="Dust">What a dead heat left over, now among the venue's fees.</param>
/// <param name="OpenBets">Bets that rest or wait for the delay.</param>
/// <param name="IsBatchUnderWay">Whether work is left that later entries go on with.</param>
/// <param name="CreatedIndex">Log index that created it.</param>
/// <param name="CreatedAt">When.</param>
public sealed record BettingMarketView(
    BettingMarketId Id,
    string Name,
    BettingBookType BookType,
    bool IsInPlayCapable,
    AssetView Currency,
    Amount StakeStep,
    int CommissionBps,
    long BetDelay,
    Amount MaxBetLiability,
    Amount MaxAccountLiability,
    BettingMarketState State,
    BettingPhase Phase,
    long Version,
    IReadOnlyList<RunnerView> Runners,
    Amount Matched,
    Amount Pot,
    Amount Dust,
    int OpenBets,
    bool IsBatchUnderWay,
    long CreatedIndex,
    Timestamp CreatedAt)
{
    /// <summary>Whether its pot holds what it owes: before its end all that is matched, after it nothing, while
    /// accounts are being paid no more than that.</summary>
    public bool IsSound => State < BettingMarketState.Settled ? Pot == Matched
        : IsBatchUnderWay ? Pot.Units >= 0 && Pot.Units <= Matched.Units
        : Pot.Units == 0;
}
