using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A transfer between accounts.</summary>
/// <param name="Debit">The posting of the account that gave.</param>
/// <param name="Credit">The posting of the account that got.</param>
/// <param name="From">The account that gave.</param>
/// <param name="To">The account that got.</param>
/// <param name="Amount">How much.</param>
/// <param name="Balance">What the account that gave has after it.</param>
public sealed record TransferView(
    LedgerId Debit, LedgerId Credit, AccountId From, AccountId To, Amount Amount, BalanceView Balance);
