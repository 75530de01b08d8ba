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
/// <param name="FeatureLevel">What its state may use.</param>
/// <param name="SupportedLevel">Highest feature level its program carries out.</param>
/// <param name="StateHash">64 hex digits: hash of its whole state at its last common snapshot.</param>
/// <param name="StateHashIndex">The index of that hash; absent before the first.</param>
/// <param name="DigestMismatches">Peers found to have another state since it started.</param>
/// <param name="Diverged">Why it serves and votes no more; absent while it does.</param>
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
    string Digest,
    int FeatureLevel,
    int SupportedLevel,
    string? StateHash,
    long? StateHashIndex,
    long DigestMismatches,
    string? Diverged);
