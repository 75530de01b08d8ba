namespace ReplicatedBook.Contracts.Http;

/// <summary>A betting market. Amounts are of its currency.</summary>
/// <param name="MarketId">Its id.</param>
/// <param name="Name">For people; unique.</param>
/// <param name="BookType">two_runner or multi_runner.</param>
/// <param name="InPlayCapable">Whether it may go in play.</param>
/// <param name="Currency">Asset that is staked and won.</param>
/// <param name="StakeStep">Stakes are multiples of this.</param>
/// <param name="CommissionBps">What the venue takes of net winnings, in hundredths of a percent.</param>
/// <param name="BetDelayMs">How long bets wait in play, in milliseconds.</param>
/// <param name="MaxBetLiability">Most that one bet may risk; absent for no bound.</param>
/// <param name="MaxAccountLiability">Most that one account may risk; absent for no bound.</param>
/// <param name="State">open, suspended, closed, settled or voided.</param>
/// <param name="Phase">pre, awaiting_live or in_play.</param>
/// <param name="Version">Grows with every change of state, phase or runners; also its ETag.</param>
/// <param name="Runners">In order of their coming.</param>
/// <param name="MatchedVolume">Sum of both sides' parts of all trades that are not void.</param>
/// <param name="Pot">What of that is not paid out yet.</param>
/// <param name="Dust">What a dead heat left over, now among the venue's fees.</param>
/// <param name="OpenOrders">Bets that rest or wait for the delay.</param>
/// <param name="BatchUnderWay">Whether work is left that later log entries go on with.</param>
/// <param name="CreatedIndex">Log index that created it.</param>
/// <param name="CreatedAt">Cluster time.</param>
/// <param name="Affected">Answer to a command: bets canceled, trades voided or accounts paid in its own log entry;
/// later ones may do more.</param>
/// <param name="Receipt">Only in the answer to a command.</param>
public sealed record BettingMarketResponse(
    string MarketId,
    string Name,
    string BookType,
    bool InPlayCapable,
    string Currency,
    string StakeStep,
    int CommissionBps,
    long BetDelayMs,
    string? MaxBetLiability,
    string? MaxAccountLiability,
    string State,
    string Phase,
    long Version,
    IReadOnlyList<RunnerResponse> Runners,
    string MatchedVolume,
    string Pot,
    string Dust,
    int OpenOrders,
    bool BatchUnderWay,
    long CreatedIndex,
    string CreatedAt,
    int? Affected,
    Receipt? Receipt);
