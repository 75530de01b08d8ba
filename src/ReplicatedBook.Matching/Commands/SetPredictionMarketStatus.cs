using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Makes a market active, pauses it, or closes it, which cancels all its orders.</summary>
/// <param name="Market">Which.</param>
/// <param name="Status">Active (from pending or paused), Paused (from active) or Closed (from any of the
/// three).</param>
/// <param name="ExpectedVersion">Refused if the market has changed since; 0 for any.</param>
public readonly record struct SetPredictionMarketStatus(
    PredictionMarketId Market,
    PredictionMarketStatus Status,
    long ExpectedVersion);
