using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Cancels a bet's unmatched stake, or a part of it; possible whatever the market's state. What is left keeps
/// its place.</summary>
/// <param name="Account">Whose it is; 0 for any of the sender's accounts.</param>
/// <param name="Bet">The bet; 0 when it is named by <paramref name="ClientOrderId"/>.</param>
/// <param name="ClientOrderId">The client's name for it; then the account must be clear.</param>
/// <param name="Reduction">Stake to take off: a multiple of the market's step, less than what is unmatched; 0 for all
/// of it.</param>
public readonly record struct CancelBet(
    AccountId Account,
    OrderId Bet,
    ClientOrderId ClientOrderId,
    Amount Reduction);
