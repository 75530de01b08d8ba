using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Voids trades of a market that is not settled: both sides get back what they paid into the pot. The
/// bets stay matched.</summary>
/// <param name="Market">Which.</param>
/// <param name="Trades">Up to <see cref="MaxTrades"/>, each at most once; none when they are named by time. Not changed
/// after creation.</param>
/// <param name="Since">All of this time or later, in batches; 0 when they are named one by one.</param>
/// <param name="BatchSize">Most trades that one log entry looks at, 1 to <see cref="SetBettingState.MaxBatch"/>; 0 for
/// the most.</param>
public readonly record struct VoidBettingTrades(
    BettingMarketId Market,
    IReadOnlyList<TradeId> Trades,
    Timestamp Since,
    int BatchSize)
{
    /// <summary>Most trades named one by one.</summary>
    public const int MaxTrades = 1_000;
}
