using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Leads a market that may go in play from before the event to awaiting it, where nothing trades and lapsing
/// bets are canceled, and from there into play.</summary>
/// <param name="Market">Which.</param>
/// <param name="Phase">The next phase; there is no way back.</param>
/// <param name="BatchSize">As in <see cref="SetBettingState"/>.</param>
/// <param name="ExpectedVersion">Refused unless it is the market's version; 0 for any.</param>
public readonly record struct SetBettingPhase(
    BettingMarketId Market,
    BettingPhase Phase,
    int BatchSize,
    long ExpectedVersion);
