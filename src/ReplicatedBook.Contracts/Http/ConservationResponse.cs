namespace ReplicatedBook.Contracts.Http;

/// <summary>Whether all money and all shares are accounted for, at one index.</summary>
/// <param name="Ok">Whether all of it is.</param>
/// <param name="Index">Log index.</param>
/// <param name="Assets">All assets, an outcome's shares being one.</param>
/// <param name="Markets">All prediction markets.</param>
/// <param name="BettingMarkets">All betting markets.</param>
public sealed record ConservationResponse(
    bool Ok,
    long Index,
    IReadOnlyList<AssetConservation> Assets,
    IReadOnlyList<MarketConservation> Markets,
    IReadOnlyList<BettingMarketConservation> BettingMarkets);
