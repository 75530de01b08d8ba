namespace ReplicatedBook.Contracts.Http;

/// <summary>A record of the audit.</summary>
/// <param name="Sequence">From 1 without gaps.</param>
/// <param name="Index">Log index of its entry.</param>
/// <param name="Time">Cluster time of its entry.</param>
/// <param name="UserId">Who did it; <c>local</c> for a node without authentication, the node itself, or somebody
/// unknown.</param>
/// <param name="Action">What.</param>
/// <param name="Target">To what; absent for nothing that has a name.</param>
/// <param name="Origin">From which address; absent where none is known.</param>
/// <param name="Outcome">accepted, or the code of the problem.</param>
/// <param name="Result">The exchange's number for how a command ended; absent for what happened outside of the
/// log.</param>
/// <param name="Hash">64 hex digits: SHA-256 of the hash of the record before it and of this record's bytes.</param>
public sealed record AuditRecordResponse(
    long Sequence, long Index, string Time, string UserId, string Action, string? Target, string? Origin,
    string Outcome, int? Result, string Hash);
