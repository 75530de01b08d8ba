using System.CommandLine;
using System.Text.Json;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb snapshot: snapshots of single nodes, each of them a backup of the whole cluster.</summary>
internal static class SnapshotCommands
{
    public static Command Build() => new("snapshot", "Takes, lists and saves snapshots.") { Take(), List(), Save() };

    private static Command Take()
    {
        var command = new Command("take", "Takes a snapshot on the first endpoint that answers.");
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var (outcome, _) = await EachEndpoint.AskAsync(
                parse, client, node => node.TakeSnapshotAsync(cancellation));
            return Answers.Print(
                parse, outcome, ResponseJson.Default.SnapshotResponse, taken => Print([taken]));
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the snapshots of all endpoints.");
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answers = await Task.WhenAll(client.Endpoints.Select(async endpoint =>
            {
                using var node = client.At(endpoint, GlobalOptions.Limit(parse));
                return (Endpoint: endpoint, Answer: await node.GetSnapshotsAsync(cancellation));
            }));
            var found = answers.SelectMany(one => one.Answer.Value?.Items ?? []).ToArray();
            if (GlobalOptions.IsJson(parse))
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    new Page<SnapshotResponse>(found, null), ResponseJson.Default.PageSnapshotResponse));
            }
            else
            {
                Print(found);
            }

            foreach (var (endpoint, answer) in answers.Where(one => !one.Answer.IsAnswered))
            {
                Console.Error.WriteLine($"rb: {endpoint.Authority}: {answer.Describe()}");
            }

            return Array.Exists(answers, one => one.Answer.IsAnswered) ? ExitCodes.Ok : ExitCodes.Unavailable;
        });
        return command;
    }

    private static Command Save()
    {
        var file = new Argument<string>("file") { Description = "Where to; a file that is there is replaced." };
        var id = new Option<string?>("--id")
        {
            Description = "Which, as the list shows it; without it a new one is taken.",
        };
        var command = new Command("save", "Saves a snapshot as a backup, for 'rb restore'.") { file, id };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var (wanted, endpoints) = (parse.GetValue(id), client.Endpoints);
            if (wanted is null)
            {
                var (outcome, endpoint) = await EachEndpoint.AskAsync(
                    parse, client, node => node.TakeSnapshotAsync(cancellation));
                if (!outcome.IsCommitted)
                {
                    return Answers.Print(parse, outcome, ResponseJson.Default.SnapshotResponse, _ => { });
                }

                (wanted, endpoints) = (outcome.Require().SnapshotId, [endpoint]);
            }

            return await SaveAsync(client, endpoints, wanted, parse.GetRequiredValue(file), cancellation);
        });
        return command;
    }

    /// <summary>A file of the wanted name holds a whole and verified backup, or is not there.</summary>
    private static async Task<int> SaveAsync(
        ReplicatedBookClient client, IReadOnlyList<Uri> endpoints, string id, string path,
        CancellationToken cancellation)
    {
        var unfinished = path + ".part";
        ReadAnswer<Download>? last = null;
        try
        {
            File.Delete(unfinished); // Left over: it may be one that everybody may read.
            foreach (var endpoint in endpoints)
            {
                await using (var file = PrivateFiles.Open(unfinished, FileMode.Create))
                {
                    using var node = client.At(endpoint, TimeSpan.FromMinutes(1));
                    last = await node.DownloadSnapshotAsync(id, file, cancellation);
                    file.Flush(flushToDisk: true);
                }

                if (last.IsAnswered)
                {
                    File.Move(unfinished, path, overwrite: true);
                    Console.WriteLine($"{path}: snapshot {id}, {last.Value!.Bytes} bytes, sha-256 {last.Value.Sha256}");
                    return ExitCodes.Ok;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(failure.Message);
        }

        File.Delete(unfinished);
        Console.Error.WriteLine($"rb: {last!.Describe()}");
        return ExitCodes.Of(last.Kind);
    }

    private static void Print(IEnumerable<SnapshotResponse> snapshots) => Tables.Print(
        ["SNAPSHOT", "NODE", ">INDEX", ">TERM", ">BYTES", "STATE HASH"],
        snapshots.Select(found => (IReadOnlyList<string>)
        [
            found.SnapshotId, found.NodeId, $"{found.Index}", $"{found.Term}", $"{found.Bytes}", found.StateHash,
        ]));
}
