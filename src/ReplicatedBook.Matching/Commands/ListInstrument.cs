using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Lists a spot instrument: base is traded for quote.</summary>
/// <param name="Symbol">1 to 64 characters of A-Za-z0-9._:-; unique.</param>
/// <param name="Base">What is bought and sold.</param>
/// <param name="Quote">What is paid; not the same as base.</param>
/// <param name="TickSize">Quote per base: prices are multiples of it. Never changes.</param>
/// <param name="LotSize">Base: quantities are multiples of it. A whole number of the base asset's units. Never
/// changes.</param>
/// <param name="MakerFeeBps">Hundredths of a percent of the traded value; negative is a rebate, down to minus the taker
/// fee.</param>
/// <param name="TakerFeeBps">Likewise for the aggressor, 0 to 10,000.</param>
public readonly record struct ListInstrument(
    string Symbol,
    AssetId Base,
    AssetId Quote,
    DecimalSize TickSize,
    DecimalSize LotSize,
    int MakerFeeBps,
    int TakerFeeBps)
{
    /// <summary>What it demands of orders.</summary>
    public OrderRules Rules { get; init; }
}
