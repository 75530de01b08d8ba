using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>Money moved between accounts; the two changes of balances follow.</summary>
/// <param name="From">Whose it was.</param>
/// <param name="To">Whose it is.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Amount">How much; positive.</param>
/// <param name="Debit">The posting of the first.</param>
/// <param name="Credit">The posting of the second.</param>
public readonly record struct Transferred(
    AccountId From, AccountId To, AssetId Asset, Amount Amount, LedgerId Debit, LedgerId Credit);
