namespace ReplicatedBook.Contracts.Http;

/// <summary>Whether a betting market has what it owes.</summary>
/// <param name="MarketId">Which.</param>
/// <param name="Ok">Before its end the pot is what is matched; after it nothing; in between no more than that.</param>
/// <param name="State">Where it stands.</param>
/// <param name="MatchedVolume">Both sides' parts of all trades that are not void.</param>
/// <param name="Pot">What of that is not yet paid out.</param>
public sealed record BettingMarketConservation(
    string MarketId, bool Ok, string State, string MatchedVolume, string Pot);
