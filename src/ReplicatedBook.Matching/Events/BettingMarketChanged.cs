using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A betting market was created, or its state, phase or runners changed.</summary>
/// <param name="Market">The market.</param>
/// <param name="State">Its state now.</param>
/// <param name="Phase">Its phase now.</param>
/// <param name="Version">Its version now.</param>
public readonly record struct BettingMarketChanged(
    BettingMarketId Market,
    BettingMarketState State,
    BettingPhase Phase,
    long Version);
