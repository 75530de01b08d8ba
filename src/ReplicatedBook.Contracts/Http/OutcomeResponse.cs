namespace ReplicatedBook.Contracts.Http;

/// <summary>One outcome of a market; prices are in its own terms.</summary>
/// <param name="Outcome">Its id.</param>
/// <param name="Title">For people.</param>
/// <param name="Instrument">Symbol that its shares are traded under, and their asset.</param>
/// <param name="LastPrice">Absent before the first trade.</param>
/// <param name="BestBid">Absent where there is none.</param>
/// <param name="BestAsk">Absent where there is none.</param>
/// <param name="Supply">Shares that there are.</param>
/// <param name="Payout">What a share pays; absent before the market is resolved.</param>
public sealed record OutcomeResponse(
    string Outcome, string Title, string Instrument, string? LastPrice, string? BestBid, string? BestAsk,
    string Supply, string? Payout);
