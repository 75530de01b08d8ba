using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Up to <see cref="PlaceBatch.MaxOrders"/> orders and bets in one log entry, applied in order, each for
/// itself: there is no atomic batch with bets.</summary>
/// <param name="Items">The orders and bets; each gets its own result. Not changed after creation.</param>
/// <remarks>In the log: version 3 or 4 of a PlaceBatch (Encoding/README.md).</remarks>
public readonly record struct PlaceBatchWithBets(IReadOnlyList<BatchItem> Items)
{
    /// <summary>The session its orders and bets are placed in, at whose end they are canceled; 0 for none.</summary>
    public OrderSessionId Session { get; init; }
}
