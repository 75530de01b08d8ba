using System.Globalization;
using ReplicatedBook.Consensus;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Snapshots of this node: list, take, download (API.md 2.9). Any node's is a backup of the whole
/// cluster.</summary>
internal sealed class SnapshotEndpoints(
    IReplicaSnapshots snapshots, IReplicatedLog log, AuditRecorder audit, Answers answers, TimeProvider time)
{
    private const int PieceBytes = 1 << 16;

    private static readonly IntegerParameter Timeout = new(
        "timeout_ms", "Milliseconds to wait at most; the snapshot may yet be written after it.", 1, 30_000, 30_000);

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/cluster/snapshots", (RequestDelegate)ListAsync).For(RoutePolicy.OperatorRead)
            .Describe<Page<SnapshotResponse>>(
                "ListSnapshots", "The snapshots that this node keeps, newest first.", 200, RouteContract.Plain());
        v1.MapPost("/cluster/snapshots", (RequestDelegate)TakeAsync).For(RoutePolicy.Operator)
            .Describe<SnapshotResponse>(
                "TakeSnapshot", "Takes a snapshot on this node; answers once it is durable.", 201,
                RouteContract.Plain(Timeout).Refuses(ProblemCodes.IndexNotReached, ProblemCodes.OutcomeUnknown));
        v1.MapGet("/cluster/snapshots/{snapshot_id}/content", (RequestDelegate)DownloadAsync)
            .For(RoutePolicy.OperatorRead)
            .DescribeBytes(
                "DownloadSnapshot", "A backup; Content-Digest says what it must be.",
                RouteContract.Plain().Refuses(ProblemCodes.NotFound));
    }

    private async Task ListAsync(HttpContext http)
    {
        if (answers.Refuse(http, new QueryReader(http.Request).Finish()))
        {
            return;
        }

        var found = await snapshots.ListAsync(http.RequestAborted);
        answers.Write(
            http, StatusCodes.Status200OK, new Page<SnapshotResponse>([.. found.Select(Shape)], null),
            ResponseJson.Default.PageSnapshotResponse);
    }

    private async Task TakeAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var timeout = query.IntegerOrStandard(Timeout);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeout), time);
        try
        {
            if (await snapshots.TakeAsync(patience.Token) is { } taken)
            {
                await RecordAsync(http, "snapshot.take", IdOf(taken.Mark));
                http.Response.Headers.Location = $"/v1/cluster/snapshots/{IdOf(taken.Mark)}/content";
                answers.Write(
                    http, StatusCodes.Status201Created, Shape(taken), ResponseJson.Default.SnapshotResponse);
            }
            else if (log.Status.AppliedIndex == 0)
            {
                answers.Write(http, new ApiProblem(
                    ProblemCodes.IndexNotReached, "nothing is applied here yet that a snapshot could hold"));
            }
            else
            {
                answers.Write(http, new ApiProblem(ProblemCodes.ShuttingDown, "the node is stopping"));
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            answers.Write(http, new ApiProblem(
                ProblemCodes.OutcomeUnknown,
                "the snapshot is not durable yet; GET /v1/cluster/snapshots shows when it is")
            {
                Outcome = Outcomes.Unknown,
            });
        }
    }

    private async Task DownloadAsync(HttpContext http)
    {
        if (answers.Refuse(http, new QueryReader(http.Request).Finish()))
        {
            return;
        }

        var id = RouteText.Of(http, "snapshot_id");
        var kept = await snapshots.ListAsync(http.RequestAborted);
        var found = kept.FirstOrDefault(snapshot => IdOf(snapshot.Mark) == id);
        using var file = found is null ? null : snapshots.Open(found.Mark);
        if (found is null || file is null)
        {
            answers.Write(http, Problems.NotFound("this node keeps no such snapshot"));
            return;
        }

        // A backup holds everything, the hashes of passwords included.
        await RecordAsync(http, "snapshot.download", id);
        var response = http.Response;
        response.ContentType = RouteDescriptions.Bytes;
        response.ContentLength = found.Bytes;
        response.Headers["Content-Digest"] = $"sha-256=:{Convert.ToBase64String(BytesOf(found.FileHash))}:";
        response.Headers.ContentDisposition = $"attachment; filename=\"{id}.rbsnapshot\"";
        for (long offset = 0; offset < found.Bytes;)
        {
            // Read in place: pieces are small, and the file was just read or written.
            var read = file.Read(offset, response.BodyWriter.GetSpan(PieceBytes)[..PieceBytes]);
            if (read == 0)
            {
                throw new IOException($"the file of snapshot {id} ends early");
            }

            response.BodyWriter.Advance(read);
            offset += read;
            await response.BodyWriter.FlushAsync(http.RequestAborted);
        }
    }

    private async Task RecordAsync(HttpContext http, string action, string id) => await audit.RecordAsync(
        http.Caller(), action, $"snapshot:{log.Status.Node.Value}/{id}", AuditText.Accepted);

    private SnapshotResponse Shape(SnapshotDescription found) => new(
        IdOf(found.Mark), log.Status.Node.Value, found.Mark.Index, found.Mark.Term, found.Bytes,
        found.StateHash.ToString());

    private static string IdOf(SnapshotMark mark) =>
        string.Create(CultureInfo.InvariantCulture, $"{mark.Index}-{mark.Term}");

    private static byte[] BytesOf(in Digest digest)
    {
        var bytes = new byte[Digest.Size];
        digest.CopyTo(bytes);
        return bytes;
    }
}
