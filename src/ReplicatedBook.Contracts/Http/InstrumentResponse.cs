namespace ReplicatedBook.Contracts.Http;

/// <summary>An instrument.</summary>
/// <param name="Symbol">Its name.</param>
/// <param name="Type">spot, or outcome: an outcome of a prediction market.</param>
/// <param name="Base">What is bought and sold.</param>
/// <param name="Quote">What is paid.</param>
/// <param name="TickSize">Step of prices.</param>
/// <param name="LotSize">Step of quantities.</param>
/// <param name="PriceScale">Digits after the point of prices.</param>
/// <param name="QtyScale">Digits after the point of quantities.</param>
/// <param name="MakerFeeBps">Maker fee now.</param>
/// <param name="TakerFeeBps">Taker fee now.</param>
/// <param name="Status">open, halted, cancel_only or closed.</param>
/// <param name="LastPrice">Absent before the first trade.</param>
/// <param name="Version">Log index of the last change of fees, rules or status; also the ETag.</param>
/// <param name="CanceledOrderIds">Only where a change of status took orders out.</param>
/// <param name="Receipt">Only in the answer to a change.</param>
public sealed record InstrumentResponse(
    string Symbol,
    string Type,
    string Base,
    string Quote,
    string TickSize,
    string LotSize,
    int PriceScale,
    int QtyScale,
    int MakerFeeBps,
    int TakerFeeBps,
    string Status,
    string? LastPrice,
    long Version,
    IReadOnlyList<string>? CanceledOrderIds,
    Receipt? Receipt)
{
    /// <summary>The market whose outcome it trades; absent for spot.</summary>
    public string? MarketId { get; init; }

    /// <summary>The outcome's id in its market; absent for spot.</summary>
    public string? Outcome { get; init; }

    /// <summary>Least value of a limit order and least budget of a market order; absent when there is none.</summary>
    public string? MinNotional { get; init; }

    /// <summary>Largest quantity of an order; absent when there is none.</summary>
    public string? MaxQuantity { get; init; }

    /// <summary>Furthest distance of a price from the last one, in percent of that; absent when there is
    /// none.</summary>
    public string? PriceBandPct { get; init; }
}
