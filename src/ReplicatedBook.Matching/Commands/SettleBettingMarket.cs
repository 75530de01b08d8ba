using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Settles a closed market, once: every account is paid its part of the pots less commission, in
/// batches.</summary>
/// <param name="Market">Which.</param>
/// <param name="Denominator">What all numerators are parts of: 1 to <see cref="MaxDenominator"/>; 1 where there is no
/// dead heat.</param>
/// <param name="Payouts">The winners, each at most once; the numerators add up to a whole multiple of the denominator,
/// in a market of two runners to the denominator itself. All others lost. Not changed after creation.</param>
/// <param name="VoidRunners">Whose bets are void: both sides get back what they paid. In a market of two runners one
/// void runner makes all bets void, and there is no winner. Not changed after creation.</param>
/// <param name="BatchSize">Most accounts that one log entry pays, 1 to <see cref="SetBettingState.MaxBatch"/>; 0 for
/// the most.</param>
/// <param name="ExpectedVersion">Refused unless it is the market's version; 0 for any.</param>
public readonly record struct SettleBettingMarket(
    BettingMarketId Market,
    long Denominator,
    IReadOnlyList<RunnerPayout> Payouts,
    IReadOnlyList<RunnerId> VoidRunners,
    int BatchSize,
    long ExpectedVersion)
{
    /// <summary>Largest denominator: dead heats are told to six digits.</summary>
    public const long MaxDenominator = 1_000_000;
}
