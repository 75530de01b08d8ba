using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A deposit or withdrawal as posted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Account">The account.</param>
/// <param name="Balance">The balance after it.</param>
public sealed record LedgerView(
    LedgerId Id,
    AccountId Account,
    BalanceView Balance);
