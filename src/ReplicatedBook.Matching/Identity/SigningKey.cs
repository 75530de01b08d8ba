using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Identity;

/// <summary>A node's public key.</summary>
/// <param name="Kid">Its name in tokens.</param>
/// <param name="Node">Whose.</param>
/// <param name="X">First coordinate of the point of P-256.</param>
/// <param name="Y">Second coordinate.</param>
/// <param name="AddedAt">When it became known.</param>
/// <param name="RetiredAt">Since when it signs no more; 0 while it does.</param>
internal sealed record SigningKey(string Kid, string Node, Bytes32 X, Bytes32 Y, long AddedAt, long RetiredAt);
