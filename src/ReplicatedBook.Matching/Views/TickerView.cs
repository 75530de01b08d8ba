using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>The last day of one instrument, in whole minutes of cluster time.</summary>
/// <param name="Instrument">Which.</param>
/// <param name="BestBid">Null when there is none.</param>
/// <param name="BestAsk">Null when there is none.</param>
/// <param name="Last">Price of the last trade ever.</param>
/// <param name="Open">First price within the last 24 hours; null without a trade then.</param>
/// <param name="High">Highest price then.</param>
/// <param name="Low">Lowest price then.</param>
/// <param name="Volume">Lots traded then.</param>
/// <param name="At">Cluster time of the answer.</param>
public sealed record TickerView(
    InstrumentId Instrument,
    LevelView? BestBid,
    LevelView? BestAsk,
    Price? Last,
    Price? Open,
    Price? High,
    Price? Low,
    Quantity Volume,
    Timestamp At);
