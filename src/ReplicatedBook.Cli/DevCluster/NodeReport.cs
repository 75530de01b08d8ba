namespace ReplicatedBook.Cli.DevCluster;

/// <summary>One node as seen from outside.</summary>
/// <param name="Name">Its name; "?" when it does not answer and is not known otherwise.</param>
/// <param name="Endpoint">Where it was asked.</param>
/// <param name="Role">leader, follower, candidate or learner; down when it does not answer.</param>
/// <param name="Term">Its term.</param>
/// <param name="CommitIndex">Highest index it knows to be committed.</param>
/// <param name="AppliedIndex">Highest index it has applied.</param>
/// <param name="Digest">First 16 digits of its digest at the applied index.</param>
/// <param name="IsReady">Whether it says that it is ready.</param>
/// <param name="Cause">Why it did not answer; null when it did.</param>
internal sealed record NodeReport(
    string Name,
    Uri Endpoint,
    string Role,
    long Term,
    long CommitIndex,
    long AppliedIndex,
    string Digest,
    bool IsReady,
    string? Cause)
{
    public bool IsUp => Cause is null;

    public bool IsLeader => Role == "leader";
}
