namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/markets/{market_id}/resolve: one of the two.</summary>
public sealed record ResolveMarketRequest
{
    /// <summary>Id of the outcome that came true.</summary>
    public string? Outcome { get; init; }

    /// <summary>What a share of each outcome pays, as decimals that add up to 1; an outcome left out pays
    /// nothing.</summary>
    public IReadOnlyDictionary<string, string>? Payouts { get; init; }
}
