namespace ReplicatedBook.Node.Api.Http;

/// <summary>What an instrument is to demand of orders, as given; null for what was not.</summary>
internal readonly record struct OrderRuleTexts(string? MinNotional, string? MaxQuantity, string? PriceBandPct)
{
    /// <summary>Whether one was given.</summary>
    public bool AreGiven => MinNotional is not null || MaxQuantity is not null || PriceBandPct is not null;
}
