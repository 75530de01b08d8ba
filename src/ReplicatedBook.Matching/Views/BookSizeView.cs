using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>How large an instrument's book is.</summary>
/// <param name="Instrument">Which.</param>
/// <param name="Symbol">Its name.</param>
/// <param name="OpenOrders">Orders in it.</param>
/// <param name="BidLevels">Prices at which there are bids.</param>
/// <param name="AskLevels">Prices at which there are asks.</param>
public readonly record struct BookSizeView(
    InstrumentId Instrument, string Symbol, long OpenOrders, int BidLevels, int AskLevels);
