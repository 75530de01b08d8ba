using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>What names a prediction market in a snapshot.</summary>
internal readonly record struct MarketNames(
    string EventId,
    string Title,
    string Category,
    string Description,
    int Collateral,
    DecimalSize TickSize,
    int ShareScale,
    int FirstAsset,
    int FirstInstrument,
    long CreatedIndex,
    long CreatedAt);
