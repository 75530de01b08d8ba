using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A deposit or withdrawal changed a balance.</summary>
/// <param name="Ledger">Its id.</param>
/// <param name="Account">The account.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Change">Positive for a deposit, negative for a withdrawal.</param>
/// <param name="Available">Available now.</param>
/// <param name="Reserved">Reserved now.</param>
public readonly record struct BalanceChanged(
    LedgerId Ledger,
    AccountId Account,
    AssetId Asset,
    Amount Change,
    Amount Available,
    Amount Reserved);
