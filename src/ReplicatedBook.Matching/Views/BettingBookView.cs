using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A betting market's books at one moment.</summary>
/// <param name="Market">The market.</param>
/// <param name="State">Its state.</param>
/// <param name="Phase">Its phase.</param>
/// <param name="Version">Its version.</param>
/// <param name="Runners">One book for each runner, in order of their coming.</param>
/// <param name="AsOfIndex">Log index of the state that was read.</param>
public sealed record BettingBookView(
    BettingMarketId Market,
    BettingMarketState State,
    BettingPhase Phase,
    long Version,
    IReadOnlyList<RunnerBookView> Runners,
    long AsOfIndex);
