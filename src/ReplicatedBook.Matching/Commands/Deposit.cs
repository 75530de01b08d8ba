using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Credits an account from outside.</summary>
/// <param name="Account">The account.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Amount">Positive.</param>
/// <param name="Reference">0 to 64 printable ASCII characters, for people.</param>
public readonly record struct Deposit(
    AccountId Account,
    AssetId Asset,
    Amount Amount,
    string Reference);
