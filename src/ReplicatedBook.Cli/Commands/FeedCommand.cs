using System.CommandLine;
using System.Text.Json;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb feed.</summary>
internal static class FeedCommand
{
    private const int PageEvents = 1000;
    private const string Channel = "feed";

    public static Command Build()
    {
        var from = new Option<long>("--from") { Description = "First log index wanted.", DefaultValueFactory = _ => 1 };
        var follow = new Option<bool>("--follow")
        {
            Description = "Waits for more until Ctrl-C, over whichever node is there.",
        };
        var command = new Command("feed", "Prints the events of the log, in order and without gaps.") { from, follow };
        command.SetAction(async (parse, cancellation) =>
        {
            var first = parse.GetValue(from);
            if (first < 1)
            {
                throw new UsageException("--from must be 1 or more");
            }

            using var client = GlobalOptions.Client(parse);
            return parse.GetValue(follow)
                ? await FollowAsync(parse, client, first)
                : await PrintAsync(parse, client, first, cancellation);
        });
        return command;
    }

    /// <summary>Prints what there is, page by page.</summary>
    private static async Task<int> PrintAsync(
        ParseResult parse, ReplicatedBookClient client, long first, CancellationToken cancellation)
    {
        while (true)
        {
            var answer = await client.GetFeedAsync(first, PageEvents, cancellation);
            if (!answer.IsAnswered)
            {
                return Answers.Print(parse, answer, ResponseJson.Default.FeedResponse, _ => { });
            }

            var page = answer.Value!;
            foreach (var item in page.Items)
            {
                Print(parse, item);
            }

            if (page.NextIndex > page.HeadIndex)
            {
                return ExitCodes.Ok;
            }

            first = page.NextIndex;
        }
    }

    /// <summary>Prints what there is and what comes, entry by entry, by the channel of the feed: when its node is lost,
    /// the stream goes on at another behind the last entry that was printed.</summary>
    private static async Task<int> FollowAsync(ParseResult parse, ReplicatedBookClient client, long first)
    {
        var stream = client.Follow([Channel], first - 1);
        var (last, moves, exit) = (first - 1, 0, ExitCodes.Ok);
        await Watch.UntilStoppedAsync(async stopping =>
        {
            await foreach (var message in stream.ReadAsync(stopping))
            {
                if (message.IsOverrun || message.IsSnapshot)
                {
                    await Console.Error.WriteLineAsync($"rb: what came after index {last} is no longer kept");
                    exit = ExitCodes.Rejected;
                    return;
                }

                if (stream.Resumptions != moves)
                {
                    moves = stream.Resumptions;
                    await Console.Error.WriteLineAsync($"rb: {stream.Endpoint!.Authority} goes on after index {last}");
                }

                foreach (var item in message.Data.EnumerateArray())
                {
                    Print(parse, item.Deserialize(ResponseJson.Default.FeedItem)!);
                }

                last = message.Index;
            }
        });
        return exit;
    }

    private static void Print(ParseResult parse, FeedItem item) => Console.WriteLine(GlobalOptions.IsJson(parse)
        ? JsonSerializer.Serialize(item, ResponseJson.Default.FeedItem)
        : TextOf(item));

    private static string TextOf(FeedItem item)
    {
        var market = item.MarketSeq is { } sequence ? $" {item.MarketId}#{sequence}" : "";
        return $"{item.Index}.{item.Seq} {item.Time} {item.Type}{market} {item.Data.GetRawText()}";
    }
}
