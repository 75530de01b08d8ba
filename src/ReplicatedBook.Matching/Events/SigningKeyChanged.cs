using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A node's signing key became known or signs no more.</summary>
/// <param name="Kid">Its name in tokens.</param>
/// <param name="Node">Whose.</param>
/// <param name="RetiredAt">Since when it signs no more; 0 while it does.</param>
public readonly record struct SigningKeyChanged(string Kid, string Node, Timestamp RetiredAt);
