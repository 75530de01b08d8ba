using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Creates a betting market, open and before its event.</summary>
/// <param name="Name">For people, unique: printable ASCII, 1 to 64 characters.</param>
/// <param name="BookType">How its bets meet.</param>
/// <param name="IsInPlayCapable">Whether it may go in play.</param>
/// <param name="Currency">What is staked and won. Stakes are multiples of a hundredth of it, and of 100 of its
/// units, so that every liability is a whole number of units.</param>
/// <param name="CommissionBps">Part of an account's net winnings that the venue takes, in basis points: 0 to
/// 10,000.</param>
/// <param name="BetDelay">How long a bet waits before it reaches the book in play, in microseconds: 0 to
/// <see cref="MaxBetDelay"/>.</param>
/// <param name="MaxBetLiability">Most that one bet may risk, in units of the currency; 0 for no bound.</param>
/// <param name="MaxAccountLiability">Most that one account may have at risk in this market, matched and unmatched, in
/// units of the currency; 0 for no bound.</param>
/// <param name="Runners">Two for <see cref="BettingBookType.TwoRunner"/>, else 1 to <see cref="MaxRunners"/>. Not
/// changed after creation.</param>
public readonly record struct CreateBettingMarket(
    string Name,
    BettingBookType BookType,
    bool IsInPlayCapable,
    AssetId Currency,
    int CommissionBps,
    long BetDelay,
    Amount MaxBetLiability,
    Amount MaxAccountLiability,
    IReadOnlyList<RunnerName> Runners)
{
    /// <summary>Most runners of a market.</summary>
    public const int MaxRunners = 200;

    /// <summary>Longest delay: a minute.</summary>
    public const long MaxBetDelay = 60_000_000;
}
