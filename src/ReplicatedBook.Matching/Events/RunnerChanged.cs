using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A betting market has one more runner.</summary>
/// <param name="Market">The market.</param>
/// <param name="Runner">The runner.</param>
public readonly record struct RunnerAdded(BettingMarketId Market, RunnerId Runner);
