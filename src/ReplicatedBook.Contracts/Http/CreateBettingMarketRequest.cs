namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/betting/markets (API.md 2.5).</summary>
public sealed record CreateBettingMarketRequest
{
    /// <summary>For people, unique: 1 to 64 printable ASCII characters.</summary>
    public required string Name { get; init; }

    /// <summary>two_runner: bets on one runner meet those on the other, too; multi_runner: they do not.</summary>
    public required string BookType { get; init; }

    /// <summary>Whether the market may go in play. Default false.</summary>
    public bool? InPlayCapable { get; init; }

    /// <summary>Asset that is staked and won.</summary>
    public required string Currency { get; init; }

    /// <summary>Two for two_runner, else 1 to 200.</summary>
    public required IReadOnlyList<RunnerRequest> Runners { get; init; }

    /// <summary>Part of net winnings that the venue takes, in hundredths of a percent: 0 to 10000. Default 0.</summary>
    public int? CommissionBps { get; init; }

    /// <summary>How long a bet waits in play before it reaches the book, in milliseconds: 0 to 60000. Default
    /// 0.</summary>
    public int? BetDelayMs { get; init; }

    /// <summary>Most that one bet may risk; absent for no bound.</summary>
    public string? MaxBetLiability { get; init; }

    /// <summary>Most that one account may have at risk in the market; absent for no bound.</summary>
    public string? MaxAccountLiability { get; init; }
}
