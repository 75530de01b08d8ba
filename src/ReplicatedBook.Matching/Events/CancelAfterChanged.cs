using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An account's dead man's switch was set, switched off, or fired.</summary>
/// <param name="Account">The account.</param>
/// <param name="At">When it will fire; 0 when it is off from now on.</param>
public readonly record struct CancelAfterChanged(AccountId Account, Timestamp At);
