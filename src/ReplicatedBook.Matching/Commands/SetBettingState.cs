using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Suspends, opens again or closes a betting market.</summary>
/// <param name="Market">Which.</param>
/// <param name="State">Open, suspended or closed. Closing is for good and cancels all bets.</param>
/// <param name="LapseBets">Suspending: whether bets that lapse are canceled. Bets that wait for the delay always
/// are.</param>
/// <param name="BatchSize">Most bets that one log entry cancels, 1 to <see cref="MaxBatch"/>; 0 for the most.</param>
/// <param name="ExpectedVersion">Refused unless it is the market's version; 0 for any.</param>
public readonly record struct SetBettingState(
    BettingMarketId Market,
    BettingMarketState State,
    bool LapseBets,
    int BatchSize,
    long ExpectedVersion)
{
    /// <summary>Most bets, trades or accounts that one log entry works on.</summary>
    public const int MaxBatch = 10_000;
}
