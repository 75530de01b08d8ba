using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>The bets resting on one runner; those on the other runner, which may match by implication, are in its own
/// book.</summary>
/// <param name="Runner">The runner.</param>
/// <param name="Backs">Unmatched backs, the lowest odds first: they are what a lay meets.</param>
/// <param name="Lays">Unmatched lays, the highest odds first: they are what a back meets.</param>
public sealed record RunnerBookView(
    RunnerId Runner,
    IReadOnlyList<BetLevelView> Backs,
    IReadOnlyList<BetLevelView> Lays);
