using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Exchanges a refresh token for the next one. A token of the session that is not the newest ends the session:
/// it was stolen, or its successor was (RFC 9700, 4.14.2).</summary>
/// <param name="Session">Which.</param>
/// <param name="RootHash">SHA-256 of the presented token's first secret; another than the session's changes
/// nothing.</param>
/// <param name="PresentedHash">SHA-256 of its second secret.</param>
/// <param name="NewHash">SHA-256 of the next token's second secret.</param>
public readonly record struct RotateSession(
    SessionId Session, Bytes32 RootHash, Bytes32 PresentedHash, Bytes32 NewHash);
