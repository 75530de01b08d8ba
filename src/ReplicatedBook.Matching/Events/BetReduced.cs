using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A part of a bet's unmatched stake was canceled, or prevented from meeting an own bet.</summary>
/// <param name="Bet">The bet.</param>
/// <param name="Account">Whose.</param>
/// <param name="Market">Where.</param>
/// <param name="Reduction">Stake taken off.</param>
/// <param name="Remaining">Stake still unmatched.</param>
public readonly record struct BetReduced(
    OrderId Bet,
    AccountId Account,
    BettingMarketId Market,
    Amount Reduction,
    Amount Remaining);
