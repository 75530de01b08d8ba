using System.CommandLine;
using System.Text.Json;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb log: the log as one node holds it.</summary>
internal static class LogCommand
{
    private const int PageEntries = 1_000;

    public static Command Build() => new("log", "Shows the replicated log.") { Dump() };

    private static Command Dump()
    {
        var from = new Option<long?>("--from") { Description = "First index. Default: the oldest held." };
        var limit = new Option<long>("--limit")
        {
            Description = "Most entries. Default: all that are applied.",
            DefaultValueFactory = _ => long.MaxValue,
        };
        var command = new Command(
            "dump", "Prints applied entries, one per line: index, term, what, time, digest, content in base64.")
        {
            from, limit,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var (next, left) = (parse.GetValue(from), parse.GetValue(limit));
            while (left > 0)
            {
                var answer = await client.GetLogAsync(next, (int)Math.Min(left, PageEntries), cancellation);
                if (!answer.IsAnswered)
                {
                    return Answers.Print(parse, answer, ResponseJson.Default.LogResponse, _ => { });
                }

                var page = answer.Value!;
                foreach (var item in page.Items)
                {
                    Console.WriteLine(GlobalOptions.IsJson(parse)
                        ? JsonSerializer.Serialize(item, ResponseJson.Default.LogEntryResponse)
                        : $"{item.Index} {item.Term} {item.Type ?? item.Kind} {item.Time ?? "-"} "
                            + $"{item.Digest ?? "-"} {(string.IsNullOrEmpty(item.Bytes) ? "-" : item.Bytes)}");
                }

                if (page.Items.Count == 0)
                {
                    break;
                }

                (next, left) = (page.NextIndex, left - page.Items.Count);
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
