using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Betting;

/// <summary>One bet, or the cancel of an earlier one.</summary>
/// <param name="Cancels">Which bet of the workload, from 1 on, it cancels; 0 for a bet.</param>
/// <param name="Side">Of the bet.</param>
/// <param name="Runner">Of the bet.</param>
/// <param name="Odds">Of the bet, in hundredths.</param>
/// <param name="Stake">Of the bet.</param>
/// <param name="Account">Who bets.</param>
internal readonly record struct BettingOperation(
    int Cancels, BetSide Side, int Runner, int Odds, long Stake, int Account);
