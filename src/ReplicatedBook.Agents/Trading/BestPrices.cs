namespace ReplicatedBook.Agents.Trading;

/// <summary>Both ends of a book.</summary>
/// <param name="Bid">Highest price that somebody buys at; null when nobody does.</param>
/// <param name="Ask">Lowest price that somebody sells at; null when nobody does.</param>
public readonly record struct BestPrices(decimal? Bid, decimal? Ask)
{
    /// <summary>Between both; where only one is there that one; null for an empty book.</summary>
    public decimal? Middle => Bid is { } bid && Ask is { } ask ? (bid + ask) / 2 : Bid ?? Ask;
}
