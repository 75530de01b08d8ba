using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Adds runners to a market of many runners that is neither closed nor settled, removes some, or both. Open
/// bets on a removed runner are canceled, and what is matched on it is void: the stakes come back when the market is
/// settled. Bets that wait for the delay are canceled, because the market has changed.</summary>
/// <param name="Market">Which.</param>
/// <param name="Added">New runners. Not changed after creation.</param>
/// <param name="Removed">Runners that the market has, for good: their ids stay taken. With those added at least one.
/// Not changed after creation.</param>
/// <param name="BatchSize">Most bets canceled in one entry; 0 for <see cref="SetBettingState.MaxBatch"/>.</param>
/// <param name="ExpectedVersion">Refused unless it is the market's version; 0 for any.</param>
public readonly record struct ChangeRunners(
    BettingMarketId Market,
    IReadOnlyList<RunnerName> Added,
    IReadOnlyList<RunnerId> Removed,
    int BatchSize,
    long ExpectedVersion);
