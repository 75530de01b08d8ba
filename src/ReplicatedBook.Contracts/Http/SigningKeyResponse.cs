namespace ReplicatedBook.Contracts.Http;

/// <summary>The key that a node signs with.</summary>
/// <param name="Node">Whose key it is.</param>
/// <param name="Kid">Its name in tokens.</param>
public sealed record SigningKeyResponse(string Node, string Kid);
