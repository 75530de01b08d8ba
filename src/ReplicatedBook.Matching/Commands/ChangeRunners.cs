using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Adds runners to a market of many runners that is neither closed nor settled. Bets that wait for the delay
/// are canceled, because the market has changed.</summary>
/// <param name="Market">Which.</param>
/// <param name="Runners">At least one. Not changed after creation.</param>
/// <param name="ExpectedVersion">Refused unless it is the market's version; 0 for any.</param>
public readonly record struct AddRunners(
    BettingMarketId Market,
    IReadOnlyList<RunnerName> Runners,
    long ExpectedVersion);
