using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A node's public key.</summary>
/// <param name="Kid">Its name in tokens.</param>
/// <param name="Node">Whose.</param>
/// <param name="X">First coordinate of the point of P-256.</param>
/// <param name="Y">Second coordinate.</param>
/// <param name="AddedAt">When it became known.</param>
/// <param name="RetiredAt">Since when it signs no more; null while it does.</param>
public sealed record SigningKeyView(
    string Kid, string Node, Bytes32 X, Bytes32 Y, Timestamp AddedAt, Timestamp? RetiredAt);
