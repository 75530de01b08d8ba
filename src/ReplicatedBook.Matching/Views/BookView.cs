using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A copy of a book at one moment; immutable.</summary>
/// <param name="Instrument">Whose book.</param>
/// <param name="Bids">Levels from the best, down to the depth asked for.</param>
/// <param name="Asks">Levels from the best, down to the depth asked for.</param>
/// <param name="BidOrders">Orders of those levels in priority order; empty unless asked for.</param>
/// <param name="AskOrders">Likewise.</param>
public sealed record BookView(
    InstrumentId Instrument,
    IReadOnlyList<LevelView> Bids,
    IReadOnlyList<LevelView> Asks,
    IReadOnlyList<RestingOrderView> BidOrders,
    IReadOnlyList<RestingOrderView> AskOrders);
