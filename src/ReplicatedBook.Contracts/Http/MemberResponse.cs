namespace ReplicatedBook.Contracts.Http;

/// <summary>One member; what it did not answer is absent.</summary>
/// <param name="NodeId">Its name.</param>
/// <param name="Role">leader, follower or candidate; absent when it did not answer.</param>
/// <param name="Voter">Whether it votes.</param>
/// <param name="Api">Address of its HTTP interface.</param>
/// <param name="AppliedIndex">Last index applied there.</param>
/// <param name="MatchIndex">Last index known to be durable there; known to the leader only.</param>
/// <param name="LagEntries">Entries it is behind the answering node's commit index.</param>
/// <param name="LastContactMs">Since its last answer to the leader; known to the leader only.</param>
/// <param name="Digest">First 16 hex digits of its digest.</param>
/// <param name="DigestIndex">The index of that digest.</param>
/// <param name="Version">Version of its program.</param>
/// <param name="SupportedLevel">Highest feature level its program carries out.</param>
/// <param name="StateHash">64 hex digits: hash of its whole state at its last common snapshot.</param>
/// <param name="StateHashIndex">The index of that hash; absent before the first.</param>
/// <param name="Healthy">Whether it answered, its disk works and its state is the majority's.</param>
public sealed record MemberResponse(
    string NodeId,
    string? Role,
    bool Voter,
    string? Api,
    long? AppliedIndex,
    long? MatchIndex,
    long? LagEntries,
    long? LastContactMs,
    string? Digest,
    long? DigestIndex,
    string? Version,
    int? SupportedLevel,
    string? StateHash,
    long? StateHashIndex,
    bool Healthy);
