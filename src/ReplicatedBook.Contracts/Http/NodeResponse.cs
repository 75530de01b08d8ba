namespace ReplicatedBook.Contracts.Http;

/// <summary>One node.</summary>
/// <param name="NodeId">Its name.</param>
/// <param name="Version">Version of its program.</param>
/// <param name="Role">leader, follower or candidate.</param>
/// <param name="Term">Present term.</param>
/// <param name="CommitIndex">Highest index known to be committed.</param>
/// <param name="AppliedIndex">Last index applied.</param>
/// <param name="LastLogIndex">Last index of its log.</param>
/// <param name="SnapshotIndex">Last index in its newest snapshot.</param>
/// <param name="FirstLogIndex">First index it holds.</param>
/// <param name="OldestIndex">Lowest at_index it can serve.</param>
/// <param name="LogBytes">Size of its log on disk.</param>
/// <param name="UptimeS">Whole seconds since it started.</param>
/// <param name="Digest">64 hex digits at the applied index.</param>
public sealed record NodeResponse(
    string NodeId,
    string Version,
    string Role,
    long Term,
    long CommitIndex,
    long AppliedIndex,
    long LastLogIndex,
    long SnapshotIndex,
    long FirstLogIndex,
    long OldestIndex,
    long LogBytes,
    long UptimeS,
    string Digest);
