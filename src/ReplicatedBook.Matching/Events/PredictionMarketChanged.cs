using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A prediction market was created, or its status or time of closing changed.</summary>
/// <param name="Market">Which.</param>
/// <param name="Status">Status now.</param>
/// <param name="ClosesAt">When it closes by itself; 0 for never.</param>
public readonly record struct PredictionMarketChanged(
    PredictionMarketId Market,
    PredictionMarketStatus Status,
    Timestamp ClosesAt);
