using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An account was paid its part of a market's pots.</summary>
/// <param name="Market">The market.</param>
/// <param name="Account">Whose.</param>
/// <param name="Staked">What it had paid into the pots.</param>
/// <param name="Paid">What it got, commission taken off.</param>
/// <param name="Commission">What the venue took of its net winnings.</param>
public readonly record struct BettingPaid(
    BettingMarketId Market,
    AccountId Account,
    Amount Staked,
    Amount Paid,
    Amount Commission);
