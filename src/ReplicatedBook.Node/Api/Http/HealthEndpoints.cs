using System.Buffers;
using System.Text;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Whether the process runs and whether it is of use (API.md 2.9); texts for people and supervisors.</summary>
internal sealed class HealthEndpoints(IReplicatedLog log, Answers answers)
{
    /// <summary>Entries that a node may lack and still be ready.</summary>
    public const long MaxLagEntries = 1_000;

    private static readonly string[] Names = ["leader", "caught_up", "lag", "disk", "agreement"];

    private static readonly FlagParameter Verbose = new("verbose", "One line per check when it is ready too.");

    private static readonly TextParameter Exclude = new(
        "exclude", $"Checks that do not count, separated by commas: some of {string.Join(",", Names)}.");

    public void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/livez", (RequestDelegate)LiveAsync).For(RoutePolicy.Unlimited).DescribeText(
            "GetLive", "Whether the process runs.", RouteContract.Plain());
        root.MapGet("/readyz", (RequestDelegate)ReadyAsync).For(RoutePolicy.Unlimited).DescribeText(
            "GetReady", "Whether the node is of use; 503 with one line per check when it is not.",
            RouteContract.Plain(Verbose, Exclude).RefusesInText(StatusCodes.Status503ServiceUnavailable));
        root.MapGet("/healthz", (RequestDelegate)ReadyAsync).For(RoutePolicy.Unlimited).DescribeText(
            "GetHealth", "The same as /readyz.",
            RouteContract.Plain(Verbose, Exclude).RefusesInText(StatusCodes.Status503ServiceUnavailable));
    }

    private Task LiveAsync(HttpContext http)
    {
        if (!answers.Refuse(http, new QueryReader(http.Request).Finish()))
        {
            Write(http, StatusCodes.Status200OK, "ok\n");
        }

        return Task.CompletedTask;
    }

    private Task ReadyAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var isVerbose = query.Flag(Verbose);
        var excluded = query.Text(Exclude)?.Split(',') ?? [];
        if (excluded.Except(Names).Any())
        {
            query.Refuse(Exclude.Name, $"it must be some of {string.Join(",", Names)}");
        }

        if (answers.Refuse(http, query.Finish()))
        {
            return Task.CompletedTask;
        }

        var status = log.Status;
        var lag = status.CommitIndex - status.AppliedIndex;
        bool[] holds =
        [
            status.Leader is not null, status.IsCaughtUp, lag <= MaxLagEntries, !status.HasFailed,
            status.Divergence is null,
        ];
        var lines = new StringBuilder();
        var isReady = true;
        for (var i = 0; i < Names.Length; i++)
        {
            var isExcluded = excluded.Contains(Names[i]);
            isReady &= holds[i] || isExcluded;
            var verdict = isExcluded ? "excluded" : holds[i] ? "ok" : "failed";
            lines.Append(holds[i] || isExcluded ? "[+]" : "[-]").Append(Names[i]).Append(' ').Append(verdict).Append(
                '\n');
        }

        if (isReady)
        {
            Write(http, StatusCodes.Status200OK, isVerbose ? lines.Append("ready\n").ToString() : "ok\n");
        }
        else
        {
            Write(http, StatusCodes.Status503ServiceUnavailable, lines.Append("not ready\n").ToString());
        }

        return Task.CompletedTask;
    }

    private static void Write(HttpContext http, int status, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        http.Response.BodyWriter.Write(bytes);
    }
}
