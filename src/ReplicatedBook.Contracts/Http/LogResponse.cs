namespace ReplicatedBook.Contracts.Http;

/// <summary>Applied entries of a node's log, in order.</summary>
/// <param name="Items">Without gaps.</param>
/// <param name="NextIndex">Where to go on.</param>
/// <param name="FirstIndex">Lowest index that the node holds.</param>
/// <param name="AppliedIndex">Last applied index at that moment; entries behind it are not shown.</param>
public sealed record LogResponse(
    IReadOnlyList<LogEntryResponse> Items, long NextIndex, long FirstIndex, long AppliedIndex);

/// <summary>One entry.</summary>
/// <param name="Index">Its place.</param>
/// <param name="Term">Term of the leader that made it.</param>
/// <param name="Kind">command, no_op or configuration.</param>
/// <param name="Type">Which command; absent for other kinds.</param>
/// <param name="Time">Time that the leader stamped; absent for other kinds.</param>
/// <param name="Bytes">Its content in base64, time and command as they stand in the log; absent where that holds the
/// hash of a password or of another secret.</param>
/// <param name="Digest">64 hex digits after it; absent once the node keeps it no longer.</param>
public sealed record LogEntryResponse(
    long Index, long Term, string Kind, string? Type, string? Time, string? Bytes, string? Digest);
