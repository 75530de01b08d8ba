using System.Diagnostics;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes about this node alone (API.md 2.9).</summary>
internal sealed class NodeEndpoints(
    IReplicatedLog log, IReplicaReader reader, NodeCalls calls, Reads reads, Answers answers,
    AccessRefusals refusals)
{
    private static readonly IntegerParameter AtIndex = new(
        "at_index", "After which entry; without it the last applied one.", 1, Reads.MaxIndex);

    private static readonly FlagParameter WithStateHash = new(
        "state_hash", "Also the hash of the whole state, which costs a full walk.");

    private static readonly WordParameter Part = new("part", "Which part.", null, StateDump.Parts)
    {
        IsRequired = true,
    };

    private readonly long _started = Stopwatch.GetTimestamp();

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/node", (RequestDelegate)GetAsync).For(RoutePolicy.OperatorOrAuditor).Describe<NodeResponse>(
            "GetNode", "Where this node stands.", 200, RouteContract.Plain());
        v1.MapGet("/node/digest", (RequestDelegate)GetDigestAsync).For(RoutePolicy.Public).Describe<DigestResponse>(
            "GetNodeDigest", "This node's digest after an entry.", 200,
            RouteContract.Plain(AtIndex, WithStateHash, Reads.Timeout).Refuses(
                ProblemCodes.IndexCompacted, ProblemCodes.IndexNotReached, ProblemCodes.Unauthenticated,
                    ProblemCodes.Forbidden));
        v1.MapGet("/node/state", (RequestDelegate)GetStateAsync).For(RoutePolicy.Auditor).Describe<object>(
            "GetNodeState", "A part of this node's state at one index, equal on all nodes byte by byte.", 200,
            RouteContract.Read(Part));
    }

    private Task GetAsync(HttpContext http)
    {
        if (answers.Refuse(http, new QueryReader(http.Request).Finish()))
        {
            return Task.CompletedTask;
        }

        var status = log.Status;
        RbHeaders.Place(http.Response, status.AppliedIndex, status.AppliedTerm, status.Digest);
        answers.Write(
            http, StatusCodes.Status200OK,
            new NodeResponse(
                status.Node.Value,
                NodeReport.OwnVersion,
                EnumText.RoleOf(status),
                status.Term,
                status.CommitIndex,
                status.AppliedIndex,
                status.LastLogIndex,
                status.SnapshotIndex,
                status.FirstLogIndex,
                reader.OldestIndex,
                status.LogBytes,
                (long)Stopwatch.GetElapsedTime(_started).TotalSeconds,
                status.Digest.ToString(),
                status.FeatureLevel,
                status.SupportedLevel,
                status.StateHashIndex > 0 ? status.StateHash.ToString() : null,
                status.StateHashIndex > 0 ? status.StateHashIndex : null,
                status.DigestMismatches,
                status.Divergence?.ToString()),
            ResponseJson.Default.NodeResponse);
        return Task.CompletedTask;
    }

    /// <summary>Answers from what is applied here, whether or not a leader is known: it is for comparing
    /// nodes.</summary>
    private async Task GetDigestAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var atIndex = query.Integer(AtIndex);
        var withStateHash = query.Flag(WithStateHash);
        var timeout = query.IntegerOrStandard(Reads.Timeout);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        if (withStateHash && !RoutePolicy.OperatorOrAuditor.Allows(http.Caller()))
        {
            RefuseStateHash(http);
            return;
        }

        var status = log.Status;
        var index = atIndex ?? status.AppliedIndex;
        DigestReport report;
        if (index == status.AppliedIndex && !withStateHash)
        {
            report = new DigestReport("", status.AppliedTerm, status.Digest, null);
        }
        else
        {
            using var bound = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeout));
            report = await calls.DigestAsync(new DigestCall(index, withStateHash), bound.Token);
        }

        if (report.Error.Length != 0)
        {
            answers.Write(http, ProblemOf(report.Error));
            return;
        }

        RbHeaders.Place(http.Response, index, report.Term, report.Digest);
        answers.Write(
            http, StatusCodes.Status200OK,
            new DigestResponse(index, report.Term, report.Digest.ToString(), report.StateHash?.ToString()),
            ResponseJson.Default.DigestResponse);
    }

    /// <summary>Everybody may ask for a digest; a full walk of the state is for those who look after it.</summary>
    private void RefuseStateHash(HttpContext http)
    {
        if (http.Caller().IsKnown)
        {
            refusals.Write(http, new ApiProblem(ProblemCodes.Forbidden, "state_hash is for operators and auditors"));
        }
        else
        {
            refusals.WriteUnauthenticated(http, new ApiProblem(
                ProblemCodes.Unauthenticated, "state_hash is for operators and auditors"));
        }
    }

    private async Task GetStateAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var part = query.Word(Part) ?? "";
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        if (await reads.RunAsync(http, options, exchange => StateDump.Take(part, exchange)) is not { } reading)
        {
            return;
        }

        answers.Write(http, StatusCodes.Status200OK, json => StateDump.Write(json, part, reading.Index, reading.Value));
    }

    private ApiProblem ProblemOf(string error) => error == DigestReport.Compacted
        ? new ApiProblem(ProblemCodes.IndexCompacted, "the entry's record is no longer kept")
        {
            OldestIndex = Math.Max(reader.OldestIndex, reader.OldestRecord),
        }
        : new ApiProblem(ProblemCodes.IndexNotReached, "the index is not applied here yet");
}
