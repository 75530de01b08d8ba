namespace ReplicatedBook.Matching.Commands;

/// <summary>Says that a key signs no more; what it has signed can still be verified. Once more changes nothing.
/// </summary>
/// <param name="Kid">Which.</param>
public readonly record struct RetireSigningKey(string Kid);
