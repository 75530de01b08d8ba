namespace ReplicatedBook.Contracts.Http;

/// <summary>Body, which may be left out, of POST /v1/betting/markets/{market_id}/orders/cancel: the market's open bets
/// that fit all that is given, of any account.</summary>
public sealed record CancelMarketOrdersRequest
{
    /// <summary>Whose; absent for anybody's.</summary>
    public string? AccountId { get; init; }

    /// <summary>On which runner; absent for any.</summary>
    public string? RunnerId { get; init; }

    /// <summary>Placed at this time or later: RFC 3339, at most microseconds.</summary>
    public string? CreatedFrom { get; init; }

    /// <summary>Placed at this time or earlier.</summary>
    public string? CreatedTo { get; init; }

    /// <summary>Most bets that one log entry looks at, 1 to 10000; absent for the most.</summary>
    public int? BatchSize { get; init; }
}
