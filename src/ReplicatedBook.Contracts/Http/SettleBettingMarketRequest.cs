namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/betting/markets/{market_id}/settle.</summary>
public sealed record SettleBettingMarketRequest
{
    /// <summary>Runners that won; absent where all are void or named by <see cref="DeadHeat"/>.</summary>
    public IReadOnlyList<string>? Winners { get; init; }

    /// <summary>Part of a whole win for each runner of a dead heat, at most 6 digits after the point; all parts and
    /// winners add up to a whole number, with two runners to 1.</summary>
    public IReadOnlyDictionary<string, string>? DeadHeat { get; init; }

    /// <summary>Runners whose bets are void: both sides get back what they paid.</summary>
    public IReadOnlyList<string>? VoidRunners { get; init; }

    /// <summary>Most accounts that one log entry pays, 1 to 10000; absent for the most.</summary>
    public int? BatchSize { get; init; }
}
