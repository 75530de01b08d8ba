using System.CommandLine;
using System.Text.Json;
using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb cluster, rb leader.</summary>
internal static class ClusterCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    public static Command Cluster() => new("cluster", "Shows and checks the nodes.") { Status(), Check() };

    public static Command Leader()
    {
        var node = new Argument<string?>("node")
        {
            Description = "Who is to lead; without it, whoever is furthest along.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var transfer = new Command("transfer", "Hands leadership over in good order.") { node };
        transfer.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.TransferLeaderAsync(parse.GetValue(node), cancellation);
            return Answers.Print(
                parse, outcome, ResponseJson.Default.LeaderResponse,
                now => Console.WriteLine($"{now.Leader ?? "nobody"} leads in term {now.Term}"));
        });
        return new Command("leader", "Moves leadership.") { transfer };
    }

    /// <summary>Compares the nodes' digests at the newest index that all of them have applied.</summary>
    /// <returns>0 when all nodes answered and agree, 5 when two differ, 3 when one could not be compared.</returns>
    public static async Task<int> CheckAsync(
        ParseResult parse, ReplicatedBookClient client, CancellationToken cancellation)
    {
        var reports = await ClusterProbe.AllAsync(client, Names(), cancellation);
        var up = reports.Where(report => report.IsUp).ToArray();
        if (up.Length == 0)
        {
            Console.Error.WriteLine("rb: no node answers");
            return ExitCodes.Unavailable;
        }

        var index = up.Min(report => report.AppliedIndex);
        var digests = await Task.WhenAll(reports.Select(report => DigestAsync(client, report, index, cancellation)));
        var known = digests.Where(found => found.Digest is not null).ToArray();
        var agree = known.DistinctBy(found => found.Digest).Count() <= 1;
        var all = known.Length == digests.Length;
        if (GlobalOptions.IsJson(parse))
        {
            PrintJson(index, agree, digests);
        }
        else
        {
            Tables.Print(
                ["NODE", "API", ">INDEX", "DIGEST"],
                digests.Select(found => (IReadOnlyList<string>)
                [
                    found.Report.Name, found.Report.Endpoint.GetLeftPart(UriPartial.Authority), $"{index}",
                    found.Digest ?? found.Cause ?? "-",
                ]));
            var verdict = !agree ? "DIFFERENT" : all ? "equal" : "equal where compared,";
            Console.WriteLine($"{verdict} at index {index}");
        }

        return !agree ? ExitCodes.CheckFailed : all ? ExitCodes.Ok : ExitCodes.Unavailable;
    }

    private static Command Status()
    {
        var watch = new Option<bool>("--watch") { Description = "Shows it every second until Ctrl-C." };
        var command = new Command("status", "One table of all endpoints.") { watch };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            if (parse.GetValue(watch))
            {
                await Watch.RunAsync(
                    WatchInterval, stopping => ClusterProbe.AllAsync(client, Names(), stopping),
                    reports => PrintStatus(parse, reports));
                return ExitCodes.Ok;
            }

            var reports = await ClusterProbe.AllAsync(client, Names(), cancellation);
            PrintStatus(parse, reports);
            return reports.Any(report => report.IsUp) ? ExitCodes.Ok : ExitCodes.Unavailable;
        });
        return command;
    }

    private static void PrintStatus(ParseResult parse, IReadOnlyList<NodeReport> reports)
    {
        if (GlobalOptions.IsJson(parse))
        {
            Console.WriteLine(JsonSerializer.Serialize(reports, OutputJson.Default.IReadOnlyListNodeReport));
        }
        else
        {
            ClusterTable.Print(reports);
        }
    }

    private static Command Check()
    {
        var command = new Command("check", "Compares the nodes' digests at one index; ends with 5 when they differ.");
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            return await CheckAsync(parse, client, cancellation);
        });
        return command;
    }

    private static async Task<(NodeReport Report, string? Digest, string? Cause)> DigestAsync(
        ReplicatedBookClient client, NodeReport report, long index, CancellationToken cancellation)
    {
        if (!report.IsUp)
        {
            return (report, null, "does not answer");
        }

        using var node = client.At(report.Endpoint, Patience);
        var answer = await node.GetDigestAsync(index, cancellation);
        return (report, answer.Value?.Digest, answer.IsAnswered ? null : answer.Describe());
    }

    private static void PrintJson(
        long index, bool agree, IEnumerable<(NodeReport Report, string? Digest, string? Cause)> digests) =>
        Console.WriteLine(JsonSerializer.Serialize(
            new ConsistencyResponse(
                index, agree,
                [.. digests.Select(found => new ConsistencyNode(found.Report.Name, found.Digest, null, found.Cause))],
                null),
            ResponseJson.Default.ConsistencyResponse));

    /// <summary>Names of the development cluster's nodes, for those that do not answer.</summary>
    private static Dictionary<Uri, string> Names() =>
        DevClusterFolder.At(null).ReadState()?.Nodes.ToDictionary(node => node.Plan.Endpoint, node => node.Name) ?? [];
}
