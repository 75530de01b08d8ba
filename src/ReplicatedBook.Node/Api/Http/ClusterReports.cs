using ReplicatedBook.Consensus;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>The cluster as this node sees it. Safe from any thread.</summary>
internal sealed class ClusterReports(
    IReplicatedLog log, MemberCalls members, NodeSettings settings, TimeProvider time)
{
    /// <summary>A report is shared by all who ask within this time.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private (ClusterResponse Cluster, long Index)? _last;
    private long _madeAt;

    /// <summary>A report that is not older than <see cref="Interval"/>, with the index that this node had
    /// applied.</summary>
    public async ValueTask<(ClusterResponse Cluster, long Index)> ReadAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_last is { } known && time.GetElapsedTime(_madeAt) < Interval)
            {
                return known;
            }

            var status = log.Status;
            var made = (await MakeAsync(status), status.AppliedIndex);
            (_last, _madeAt) = (made, time.GetTimestamp());
            return made;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Asks all members now.</summary>
    /// <param name="status">Where this node stands.</param>
    public async ValueTask<ClusterResponse> MakeAsync(ReplicaStatus status)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        var reports = await members.ReportsAsync([.. status.Members.Select(member => member.Id)], patience.Token);
        var shapes = new MemberResponse[reports.Length];
        for (var i = 0; i < shapes.Length; i++)
        {
            shapes[i] = Member(status.Members[i], reports[i], status);
        }

        var quorum = (status.Voters.Count / 2) + 1;
        return new ClusterResponse(
            settings.Cluster.Id, status.Leader?.Value, status.Term, status.CommitIndex, status.FeatureLevel,
            shapes, quorum, status.Voters.Count - quorum);
    }

    private MemberResponse Member(Member member, NodeReport? report, ReplicaStatus status)
    {
        var node = member.Id;
        var peer = status.Peers.FirstOrDefault(other => other.Node == node);
        return new MemberResponse(
            node.Value,
            report is null ? null : RoleOf(member, report),
            member.IsVoter,
            MemberAddresses.Api(settings.Cluster, status, node),
            report?.AppliedIndex,
            node == status.Node && status.Role == Role.Leader ? status.LastLogIndex : peer?.MatchIndex,
            report is null ? null : Math.Max(0, status.CommitIndex - report.AppliedIndex),
            (long?)peer?.LastContact.TotalMilliseconds,
            report?.Digest.Prefix,
            report?.AppliedIndex,
            report?.Version,
            report?.SupportedLevel,
            report is { StateHashIndex: > 0 } ? report.StateHash.ToString() : null,
            report is { StateHashIndex: > 0 } ? report.StateHashIndex : null,
            CaughtUpBy(report, status),
            report is { IsHealthy: true });
    }

    private static string RoleOf(Member member, NodeReport report) =>
        !member.IsVoter && report.Role == Role.Follower ? EnumText.Learner : EnumText.Of(report.Role);

    /// <summary>Null while the member does not answer, has not come to the present membership and so perhaps not to its
    /// own addition, or is so far behind that it would not be ready.</summary>
    private static string? CaughtUpBy(NodeReport? report, ReplicaStatus status) =>
        report is null || report.AppliedIndex < Math.Min(status.MembershipIndex, status.CommitIndex)
            || status.CommitIndex - report.AppliedIndex > HealthEndpoints.MaxLagEntries ? null
            : report.InstalledSnapshots > 0 ? "snapshot" : "log";
}
