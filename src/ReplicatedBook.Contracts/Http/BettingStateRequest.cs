namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/betting/markets/{market_id}/state.</summary>
public sealed record BettingStateRequest
{
    /// <summary>open, suspended or closed; closed is for good.</summary>
    public required string State { get; init; }

    /// <summary>Suspending: whether bets that lapse are canceled. Default false.</summary>
    public bool? LapseOrders { get; init; }

    /// <summary>Most bets that one log entry cancels, 1 to 10000; absent for the most.</summary>
    public int? BatchSize { get; init; }
}
