using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>What an event says to people, when it was created or changed.</summary>
/// <param name="Market">Its market.</param>
/// <param name="EventId">Its name; never changes.</param>
/// <param name="Collateral">What is paid for its shares; never changes.</param>
/// <param name="Title">As given.</param>
/// <param name="Category">As given.</param>
/// <param name="Description">As given.</param>
public readonly record struct PredictionMarketDescribed(
    PredictionMarketId Market,
    string EventId,
    AssetId Collateral,
    string Title,
    string Category,
    string Description);
