using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Debits an account to outside; only what is available.</summary>
/// <param name="Account">The account.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Amount">Positive.</param>
/// <param name="Reference">0 to 64 printable ASCII characters, for people.</param>
public readonly record struct Withdraw(
    AccountId Account,
    AssetId Asset,
    Amount Amount,
    string Reference);
