using ReplicatedBook.Consensus;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes about all members (API.md 2.9). None of them waits for a member longer than it says.</summary>
internal sealed class ClusterEndpoints(
    IReplicatedLog log, ClusterReports reports, MemberCalls members, AuditRecorder audit, Answers answers,
    NodeSettings settings, TimeProvider time)
{
    private static readonly TimeSpan TransferPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NewsInterval = TimeSpan.FromMilliseconds(5);

    private static readonly IntegerParameter AtIndex = new(
        "at_index", "At which index; without it the highest that all have applied that answer.", 1, Reads.MaxIndex);

    private static readonly FlagParameter WithStateHash = new(
        "state_hash", "Also compares the hashes of the whole state, which costs a full walk.");

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/cluster", (RequestDelegate)GetAsync).For(RoutePolicy.OperatorOrAuditor).Describe<ClusterResponse>(
            "GetCluster", "The cluster as this node sees it.", 200, RouteContract.Plain());
        v1.MapGet("/cluster/consistency", (RequestDelegate)CompareAsync).For(RoutePolicy.OperatorOrAuditor)
            .Describe<ConsistencyResponse>(
                "CheckConsistency", "All members' digests at one index.", 200,
                RouteContract.Plain(AtIndex, WithStateHash, Reads.Timeout));
        v1.MapPost("/cluster/leader", (RequestDelegate)TransferAsync).For(RoutePolicy.Operator)
            .Describe<TransferLeaderRequest, LeaderResponse>(
                "TransferLeader", "Hands leadership over in order.", 200,
                RouteContract.Plain().Refuses(ProblemCodes.NotFound, ProblemCodes.NoLeader, ProblemCodes.NoQuorum));
    }

    private async Task GetAsync(HttpContext http)
    {
        if (answers.Refuse(http, new QueryReader(http.Request).Finish()))
        {
            return;
        }

        var status = log.Status;
        RbHeaders.Place(http.Response, status.AppliedIndex, status.AppliedTerm, status.Digest);
        MembersTag.Write(http.Response, status);
        answers.Write(
            http, StatusCodes.Status200OK, await reports.MakeAsync(status), ResponseJson.Default.ClusterResponse);
    }

    private async Task CompareAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var atIndex = query.Integer(AtIndex);
        var withStateHash = query.Flag(WithStateHash);
        var timeout = query.IntegerOrStandard(Reads.Timeout);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var voters = log.Status.Voters;
        var comparison = await members.CompareAsync(
            voters, atIndex, withStateHash, TimeSpan.FromMilliseconds(timeout));
        var nodes = new ConsistencyNode[voters.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            var report = comparison.Reports[i];
            nodes[i] = report.Error.Length == 0
                ? new ConsistencyNode(voters[i].Value, report.Digest.ToString(), report.StateHash?.ToString(), null)
                : new ConsistencyNode(voters[i].Value, null, null, report.Error);
        }

        answers.Write(
            http, StatusCodes.Status200OK,
            new ConsistencyResponse(
                comparison.Index, comparison.IsConsistent, nodes, comparison.FirstDivergence),
            ResponseJson.Default.ConsistencyResponse);
    }

    private async Task TransferAsync(HttpContext http)
    {
        if (answers.Refuse(http, new QueryReader(http.Request).Finish()))
        {
            return;
        }

        var body = await Bodies.ReadOptionalAsync(
            http, RequestJson.Default.TransferLeaderRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        NodeId? target = body.Value?.NodeId is { } name ? new NodeId(name) : null;
        if (target is { } wanted && !log.Status.Voters.Contains(wanted))
        {
            answers.Write(http, Problems.NotFound("no such member"));
            return;
        }

        using var patience = new CancellationTokenSource(TransferPatience, time);
        if (log.Status.Leader is null)
        {
            answers.Write(http, new ApiProblem(ProblemCodes.NoLeader, "no leader is known"));
        }
        else if (target == log.Status.Leader || await members.TransferAsync(target, patience.Token))
        {
            // This node may have voted for the new leader and not have heard of it yet.
            while (log.Status.Leader is null && !patience.IsCancellationRequested)
            {
                await Task.Delay(NewsInterval, time);
            }

            await audit.RecordAsync(http.Caller(), "leader.transfer", $"member:{target?.Value}", AuditText.Accepted);
            var status = log.Status;
            answers.Write(
                http, StatusCodes.Status200OK, new LeaderResponse(status.Leader?.Value, status.Term),
                ResponseJson.Default.LeaderResponse);
        }
        else
        {
            await audit.RecordAsync(
                http.Caller(), "leader.transfer", $"member:{target?.Value}", ProblemCodes.NoQuorum.Code);
            answers.Write(http, new ApiProblem(
                ProblemCodes.NoQuorum, "the hand-over was given up: no other member was ready in time"));
        }
    }
}
