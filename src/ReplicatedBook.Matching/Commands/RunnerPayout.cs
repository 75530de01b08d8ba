using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>How much of its pots a runner's backers get.</summary>
/// <param name="Runner">A runner that won, alone or in a dead heat.</param>
/// <param name="Numerator">Of the payout's denominator: that for a winner, less in a dead heat; positive.</param>
public readonly record struct RunnerPayout(RunnerId Runner, long Numerator);
