using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Cancels all open bets of one account that match, at once.</summary>
/// <param name="Account">Whose; 0 for the only account there is.</param>
/// <param name="Market">In which market; 0 for any.</param>
/// <param name="Runner">On which runner of it; 0 for any.</param>
/// <param name="Side">For or against; null for both.</param>
public readonly record struct CancelBets(AccountId Account, BettingMarketId Market, RunnerId Runner, BetSide? Side);
