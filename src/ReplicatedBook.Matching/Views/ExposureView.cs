using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>What an account stands to win or lose by one runner of a market that is not paid out. Amounts are units of
/// the market's currency.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Market">The market.</param>
/// <param name="Runner">The runner.</param>
/// <param name="IfWin">Result of all its matched bets in the market if this runner alone wins.</param>
/// <param name="IfLose">Result of its matched bets on this runner if it does not win.</param>
/// <param name="Liability">Held for its unmatched bets on this runner.</param>
public sealed record ExposureView(
    AccountId Account,
    BettingMarketId Market,
    RunnerId Runner,
    Amount IfWin,
    Amount IfLose,
    Amount Liability);
