using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A market did one batch of its work.</summary>
/// <param name="Market">The market.</param>
/// <param name="Work">Which work.</param>
/// <param name="Count">Bets canceled, trades voided or accounts paid in this batch.</param>
/// <param name="IsLast">Whether the work is complete with it.</param>
public readonly record struct BettingBatchDone(BettingMarketId Market, BettingWork Work, int Count, bool IsLast);
