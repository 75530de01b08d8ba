namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/betting/markets/{market_id}/phase.</summary>
public sealed record BettingPhaseRequest
{
    /// <summary>awaiting_live, then in_play.</summary>
    public required string Phase { get; init; }

    /// <summary>Most bets that one log entry cancels, 1 to 10000; absent for the most.</summary>
    public int? BatchSize { get; init; }
}
