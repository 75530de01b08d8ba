namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/betting/markets/{market_id}/trades/void: trades or a time.</summary>
public sealed record VoidTradesRequest
{
    /// <summary>1 to 1000 trades, each once.</summary>
    public IReadOnlyList<string>? TradeIds { get; init; }

    /// <summary>All trades of this time or later: RFC 3339, at most microseconds.</summary>
    public string? Since { get; init; }

    /// <summary>With since: most trades that one log entry looks at, 1 to 10000; absent for the most.</summary>
    public int? BatchSize { get; init; }
}
