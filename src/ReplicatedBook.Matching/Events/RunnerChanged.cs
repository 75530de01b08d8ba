using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A betting market has one more runner, or one that can no longer win.</summary>
/// <param name="Market">The market.</param>
/// <param name="Runner">The runner.</param>
/// <param name="IsRemoved">Whether it was removed; else it was added.</param>
public readonly record struct RunnerChanged(BettingMarketId Market, RunnerId Runner, bool IsRemoved);
