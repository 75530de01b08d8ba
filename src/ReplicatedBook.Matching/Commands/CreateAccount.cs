using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Opens an account for the sender.</summary>
/// <param name="Label">0 to 64 printable ASCII characters, for people.</param>
public readonly record struct CreateAccount(
    string Label);
