namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>A token that has the right form; nothing of it may be believed yet.</summary>
/// <param name="KeyId">Whose signature it claims to have.</param>
/// <param name="Signed">The bytes that are signed.</param>
/// <param name="Payload">The claims.</param>
/// <param name="Signature">Both numbers, 32 bytes each.</param>
internal sealed record UnverifiedToken(string KeyId, byte[] Signed, byte[] Payload, byte[] Signature);
