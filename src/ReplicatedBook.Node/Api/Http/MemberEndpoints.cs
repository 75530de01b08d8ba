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

/// <summary>Changes of the membership (API.md 2.9): one member and one change at a time, from any node.</summary>
internal sealed class MemberEndpoints(
    MembershipGateway gateway, AuditRecorder audit, RbHeaders headers, Answers answers, NodeSettings settings)
{
    private static readonly IntegerParameter Timeout = new(
        "timeout_ms", "Milliseconds to wait at most; the change may yet come into force after it.", 1, 30_000, 5_000);

    private static readonly HeaderParameter IfMatch = new(
        MembersTag.Condition, "Only if the members are still those of this ETag of GET /v1/cluster, or *.");

    private static readonly RouteContract Contract = RouteContract.Plain(Timeout).Takes(IfMatch).Refuses(
        ProblemCodes.InvalidField, ProblemCodes.NotFound, ProblemCodes.AlreadyExists,
        ProblemCodes.MembershipChangeInProgress, ProblemCodes.UnsafeMembershipChange, ProblemCodes.VersionMismatch,
        ProblemCodes.LimitReached, ProblemCodes.NoLeader, ProblemCodes.OutcomeUnknown);

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/cluster/members", (RequestDelegate)AddAsync).For(RoutePolicy.Operator)
            .Describe<AddMemberRequest, MemberChangeResponse>(
                "AddMember", "Adds a member that receives the log and has no vote.", 201, Contract);
        v1.MapPost("/cluster/members/{node_id}/promote", (RequestDelegate)PromoteAsync).For(RoutePolicy.Operator)
            .Describe<MemberChangeResponse>(
                "PromoteMember", "Gives a member that has caught up its vote.", 200, Contract);
        v1.MapDelete("/cluster/members/{node_id}", (RequestDelegate)RemoveAsync).For(RoutePolicy.Operator)
            .Describe<MemberChangeResponse>(
                "RemoveMember", "Removes a member; the leader hands over first.", 200, Contract);
    }

    private async Task AddAsync(HttpContext http)
    {
        if (TimeoutOf(http) is not { } timeout)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.AddMemberRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var request = body.Value!;
        var defects = new Defects();
        if (!Membership.IsName(request.NodeId))
        {
            defects.Invalid("node_id", "node_id must be 1 to 64 characters of A-Za-z0-9._:-");
        }

        var contact = MemberContact.Of(request.Peer, request.Api);
        if (contact is null)
        {
            defects.Invalid("peer", "peer must be host:port and api http://host:port");
        }

        if (!answers.Refuse(http, defects.ToProblem()))
        {
            var change = new MembershipChange.AddLearner(new NodeId(request.NodeId), contact!.ToString());
            await ChangeAsync(http, timeout, request.NodeId, "added", change, StatusCodes.Status201Created);
        }
    }

    private async Task PromoteAsync(HttpContext http)
    {
        if (TimeoutOf(http) is { } timeout && RouteText.Of(http, "node_id") is var name)
        {
            await ChangeAsync(http, timeout, name, "promoted", new MembershipChange.Promote(new NodeId(name)));
        }
    }

    private async Task RemoveAsync(HttpContext http)
    {
        if (TimeoutOf(http) is { } timeout && RouteText.Of(http, "node_id") is var name)
        {
            await ChangeAsync(http, timeout, name, "removed", new MembershipChange.Remove(new NodeId(name)));
        }
    }

    /// <summary>Null when the query was refused.</summary>
    private TimeSpan? TimeoutOf(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var timeout = query.IntegerOrStandard(Timeout);
        return answers.Refuse(http, query.Finish()) ? null : TimeSpan.FromMilliseconds(timeout);
    }

    private async Task ChangeAsync(
        HttpContext http, TimeSpan timeout, string node, string done, MembershipChange change,
        int status = StatusCodes.Status200OK)
    {
        var defects = new Defects();
        var expected = MembersTag.Expected(http.Request, defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        // A name that may not be is nobody's; it must not come as far as the log.
        var outcome = Membership.IsName(node)
            ? await gateway.ChangeAsync(change with { IfFingerprint = expected }, timeout)
            : MembershipOutcome.Refused(MembershipRefusal.NotMember);
        var problem = outcome.Result == MembershipResult.Done ? null : ProblemOf(outcome);
        await audit.RecordAsync(
            http.Caller(), $"member.{done}", $"member:{node}", problem?.Code.Code ?? AuditText.Accepted);
        headers.Stamp(http.Response); // While it was waited, the leader may have changed.
        if (answers.Refuse(http, problem))
        {
            return;
        }

        answers.Write(
            http, status,
            outcome.Index == 0
                ? new MemberChangeResponse(node, done, null, null)
                : new MemberChangeResponse(node, done, outcome.Index, outcome.Term),
            ResponseJson.Default.MemberChangeResponse);
    }

    private static ApiProblem ProblemOf(MembershipOutcome outcome) => outcome.Result switch
    {
        MembershipResult.Unknown => new ApiProblem(
            ProblemCodes.OutcomeUnknown, "the change may be in force or may yet be; GET /v1/cluster shows the members")
        {
            Outcome = Outcomes.Unknown,
        },
        MembershipResult.ShuttingDown => new ApiProblem(ProblemCodes.ShuttingDown, "the node is stopping"),
        _ => ProblemOf(outcome.Refusal),
    };

    private static ApiProblem ProblemOf(MembershipRefusal refusal) => refusal switch
    {
        MembershipRefusal.InProgress => new ApiProblem(
            ProblemCodes.MembershipChangeInProgress, "an earlier change is not committed yet; repeat this one then"),
        MembershipRefusal.AlreadyMember => new ApiProblem(
            ProblemCodes.AlreadyExists, "a member of this name is there, or has its vote already"),
        MembershipRefusal.NotMember => Problems.NotFound("no such member"),
        MembershipRefusal.NotCaughtUp => new ApiProblem(
            ProblemCodes.UnsafeMembershipChange, "the member lacks too much of the log, or was not heard from lately"),
        MembershipRefusal.Unsafe => new ApiProblem(
            ProblemCodes.UnsafeMembershipChange,
            "too few of the voters that would be left were heard from lately to go on without this one"),
        MembershipRefusal.Changed => new ApiProblem(
            ProblemCodes.VersionMismatch, "the members have changed since that version; GET /v1/cluster shows them"),
        MembershipRefusal.Invalid => new ApiProblem(ProblemCodes.LimitReached, "there are as many members as may be"),
        _ => new ApiProblem(ProblemCodes.NoLeader, "no leader took the change in time"),
    };
}
