using System.CommandLine;
using System.Text.Json;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb feed.</summary>
internal static class FeedCommand
{
    private const int PageEvents = 1000;

    private static readonly TimeSpan FollowInterval = TimeSpan.FromMilliseconds(200);

    public static Command Build()
    {
        var from = new Option<long>("--from") { Description = "First log index wanted.", DefaultValueFactory = _ => 1 };
        var follow = new Option<bool>("--follow") { Description = "Waits for more until Ctrl-C, on any node." };
        var command = new Command("feed", "Prints the events of the log, in order and without gaps.") { from, follow };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            for (var next = parse.GetValue(from); ;)
            {
                var answer = await client.GetFeedAsync(next, PageEvents, cancellation);
                if (!answer.IsAnswered)
                {
                    return Answers.Print(parse, answer, ResponseJson.Default.FeedResponse, _ => { });
                }

                var page = answer.Value!;
                foreach (var item in page.Items)
                {
                    Console.WriteLine(GlobalOptions.IsJson(parse)
                        ? JsonSerializer.Serialize(item, ResponseJson.Default.FeedItem)
                        : TextOf(item));
                }

                if (page.NextIndex > page.HeadIndex)
                {
                    if (!parse.GetValue(follow))
                    {
                        return ExitCodes.Ok;
                    }

                    await Task.Delay(FollowInterval, cancellation)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    if (cancellation.IsCancellationRequested)
                    {
                        return ExitCodes.Ok;
                    }
                }

                next = page.NextIndex;
            }
        });
        return command;
    }

    private static string TextOf(FeedItem item)
    {
        var market = item.MarketSeq is { } sequence ? $" {item.MarketId}#{sequence}" : "";
        return $"{item.Index}.{item.Seq} {item.Time} {item.Type}{market} {item.Data.GetRawText()}";
    }
}
