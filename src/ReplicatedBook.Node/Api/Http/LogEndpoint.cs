using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>The log of this node, entry by entry (API.md 2.9). Only what is applied: what is not may yet be
/// replaced.</summary>
internal sealed class LogEndpoint(IReplicatedLog log, IReplicaReader reader, Answers answers, TimeProvider time)
{
    private static readonly IntegerParameter FromIndex = new(
        "from_index", "First index; without it the oldest held.", 1, Reads.MaxIndex);

    private static readonly IntegerParameter Limit = new(
        "limit", "Most entries; large ones make a page shorter.", 1, 1_000, 100);

    public void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/node/log", (RequestDelegate)GetAsync).For(RoutePolicy.Auditor).Describe<LogResponse>(
            "GetNodeLog", "Applied entries of this node's log as they stand there.", 200,
            RouteContract.Plain(FromIndex, Limit, Reads.Timeout).Refuses(
                ProblemCodes.IndexCompacted, ProblemCodes.Overloaded));

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var from = query.Integer(FromIndex);
        var limit = (int)query.IntegerOrStandard(Limit);
        var timeout = query.IntegerOrStandard(Reads.Timeout);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeout), time);
        try
        {
            var start = from ?? log.Status.FirstLogIndex;
            if (await reader.ReadLogAsync(start, limit, patience.Token) is { } entries)
            {
                var status = log.Status;
                answers.Write(
                    http, StatusCodes.Status200OK,
                    new LogResponse(
                        [.. entries.Select(Shape)], start + entries.Count, status.FirstLogIndex, status.AppliedIndex),
                    ResponseJson.Default.LogResponse);
                return;
            }

            answers.Write(http, new ApiProblem(ProblemCodes.IndexCompacted, "the log begins later")
            {
                OldestIndex = log.Status.FirstLogIndex,
            });
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            answers.Write(http, new ApiProblem(
                ProblemCodes.Overloaded, "the replica did not get to the query in time"));
        }
    }

    private LogEntryResponse Shape(AppliedEntry found) => new(
        found.Entry.Index,
        found.Entry.Term,
        EnumText.Of(found.Entry.Kind),
        found.Command is null ? null : EnumText.Of(found.Command),
        found.At is { } at ? TimeText.Of(at) : null,
        found.HasSecret ? null : Convert.ToBase64String(found.Entry.Payload.Span),
        reader.RecordAt(found.Entry.Index)?.Digest.ToString());
}
