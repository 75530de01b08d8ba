using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A bet has waited for the delay and reaches the book.</summary>
/// <param name="Bet">The bet.</param>
/// <param name="Account">Whose.</param>
/// <param name="Market">Where.</param>
public readonly record struct BetReleased(OrderId Bet, AccountId Account, BettingMarketId Market);
