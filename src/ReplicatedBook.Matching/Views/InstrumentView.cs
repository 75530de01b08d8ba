using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>An instrument as readers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Symbol">Its name.</param>
/// <param name="Base">What is bought and sold.</param>
/// <param name="Quote">What is paid.</param>
/// <param name="TickSize">Quote per base.</param>
/// <param name="LotSize">In base.</param>
/// <param name="MakerFeeBps">Maker fee now.</param>
/// <param name="TakerFeeBps">Taker fee now.</param>
/// <param name="Status">Status now.</param>
/// <param name="LastPrice">Price of the last trade; null before the first.</param>
/// <param name="Version">Log index of the last change of fees, rules or status.</param>
public sealed record InstrumentView(
    InstrumentId Id,
    string Symbol,
    AssetView Base,
    AssetView Quote,
    DecimalSize TickSize,
    DecimalSize LotSize,
    int MakerFeeBps,
    int TakerFeeBps,
    InstrumentStatus Status,
    Price? LastPrice,
    long Version)
{
    /// <summary>What it demands of orders now.</summary>
    public OrderRules Rules { get; init; }
}
