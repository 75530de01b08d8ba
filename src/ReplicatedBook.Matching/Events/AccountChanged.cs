using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An account was opened.</summary>
/// <param name="Account">The account.</param>
/// <param name="User">Its owner.</param>
public readonly record struct AccountChanged(
    AccountId Account,
    UserId User);
