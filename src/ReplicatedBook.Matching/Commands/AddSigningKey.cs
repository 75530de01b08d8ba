using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Makes a node's public key known, so that every node accepts the tokens it signs. The same key once more
/// changes nothing.</summary>
/// <param name="Kid">Names the key in tokens, 1 to 64 letters, digits, dots, underscores and hyphens.</param>
/// <param name="Node">Whose key it is, 1 to 64 of the same characters.</param>
/// <param name="X">First coordinate of the point of P-256.</param>
/// <param name="Y">Second coordinate.</param>
public readonly record struct AddSigningKey(string Kid, string Node, Bytes32 X, Bytes32 Y);
