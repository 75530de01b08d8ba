namespace ReplicatedBook.Contracts.Http;

/// <summary>Whether a prediction market has what it owes.</summary>
/// <param name="MarketId">Which.</param>
/// <param name="Ok">Before its end: as many shares of each outcome, and a unit locked for each set; after it: nothing
/// left of either; in between: at least what is still to be paid.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="OpenInterest">Complete sets.</param>
/// <param name="CollateralLocked">Held for the shares.</param>
public sealed record MarketConservation(
    string MarketId, bool Ok, string Status, string OpenInterest, string CollateralLocked);
