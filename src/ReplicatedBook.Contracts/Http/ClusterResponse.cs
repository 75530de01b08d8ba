namespace ReplicatedBook.Contracts.Http;

/// <summary>The cluster as the answering node sees it.</summary>
/// <param name="ClusterId">Its name.</param>
/// <param name="Leader">Absent when none is known.</param>
/// <param name="Term">Present term.</param>
/// <param name="CommitIndex">Highest index known to be committed.</param>
/// <param name="FeatureLevel">What the answering node's state may use; raised once all members support more.</param>
/// <param name="Members">In order of id.</param>
/// <param name="Quorum">Voters needed to commit.</param>
/// <param name="FaultTolerance">Voters that may fail.</param>
public sealed record ClusterResponse(
    string ClusterId,
    string? Leader,
    long Term,
    long CommitIndex,
    int FeatureLevel,
    IReadOnlyList<MemberResponse> Members,
    int Quorum,
    int FaultTolerance);
