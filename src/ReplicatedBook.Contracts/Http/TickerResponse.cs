namespace ReplicatedBook.Contracts.Http;

/// <summary>The last day of one instrument. What never happened is absent.</summary>
/// <param name="Instrument">Which.</param>
/// <param name="Index">Log index.</param>
/// <param name="Time">Cluster time at that index.</param>
/// <param name="LastPrice">Last trade ever.</param>
/// <param name="BestBid">Best bid price.</param>
/// <param name="BestBidQuantity">What rests there.</param>
/// <param name="BestAsk">Best ask price.</param>
/// <param name="BestAskQuantity">What rests there.</param>
/// <param name="Open">First price of the last 24 hours.</param>
/// <param name="High">Highest price of the last 24 hours.</param>
/// <param name="Low">Lowest price of the last 24 hours.</param>
/// <param name="Volume">Base quantity traded in the last 24 hours.</param>
/// <param name="Change">Last minus open; may be negative.</param>
public sealed record TickerResponse(
    string Instrument,
    long Index,
    string Time,
    string? LastPrice,
    string? BestBid,
    string? BestBidQuantity,
    string? BestAsk,
    string? BestAskQuantity,
    string? Open,
    string? High,
    string? Low,
    string Volume,
    string? Change);
