namespace ReplicatedBook.Contracts.Http;

/// <summary>Body, which may be left out, of POST /v1/betting/markets/{market_id}/void.</summary>
public sealed record VoidBettingMarketRequest
{
    /// <summary>Most bets and accounts that one log entry works on, 1 to 10000; absent for the most.</summary>
    public int? BatchSize { get; init; }
}
