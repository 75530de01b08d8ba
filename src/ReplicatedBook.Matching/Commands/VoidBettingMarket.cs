using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Voids a market that is not settled: all bets are canceled, and everybody gets back what they paid into
/// pots, in batches.</summary>
/// <param name="Market">Which.</param>
/// <param name="BatchSize">Most bets and accounts that one log entry works on, 1 to
/// <see cref="SetBettingState.MaxBatch"/>; 0 for the most.</param>
/// <param name="ExpectedVersion">Refused unless it is the market's version; 0 for any.</param>
public readonly record struct VoidBettingMarket(BettingMarketId Market, int BatchSize, long ExpectedVersion);
