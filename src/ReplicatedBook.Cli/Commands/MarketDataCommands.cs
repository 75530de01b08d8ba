using System.CommandLine;
using System.Text.Json;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Streaming;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb book, rb trades.</summary>
internal static class MarketDataCommands
{
    private static readonly StreamedLevel NoPrice = new(string.Empty, string.Empty);

    private static readonly BookLevel NoLevel = new(string.Empty, string.Empty, 0, string.Empty);

    private const int WatchIntervalMs = 250; // What a person can follow.

    public static Command Book()
    {
        var symbol = new Argument<string>("symbol");
        var depth = new Option<int>("--depth") { Description = "Levels per side.", DefaultValueFactory = _ => 10 };
        var level = new Option<int>("--level")
        {
            Description = "1 best only, 2 price levels, 3 single orders.",
            DefaultValueFactory = _ => 2,
        };
        level.AcceptOnlyFromAmong("1", "2", "3");
        var watch = new Option<bool>("--watch")
        {
            Description = "Shows it as it changes until Ctrl-C, over whichever node is there.",
        };
        var command = new Command("book", "Shows a book.") { symbol, depth, level, watch };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var (name, levels) = (parse.GetRequiredValue(symbol), parse.GetValue(level));
            if (parse.GetValue(watch))
            {
                return levels == 3
                    ? await new OrdersWatch(parse, client, name, parse.GetValue(depth)).RunAsync()
                    : await WatchAsync(parse, client, name, levels == 1 ? 1 : parse.GetValue(depth));
            }

            var answer = await client.GetBookAsync(
                name, parse.GetValue(depth), levels, GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.BookResponse, book =>
            {
                PrintBook(book, levels);
                Console.WriteLine($"{book.Instrument} at index {book.Index}, from {answer.Mark.Node}");
            });
        });
        return command;
    }

    /// <summary>Shows a book as it changes, until the user wants no more.</summary>
    private static async Task<int> WatchAsync(
        ParseResult parse, ReplicatedBookClient client, string symbol, int depth)
    {
        var channel = $"book:{symbol}?depth={depth}&interval_ms={WatchIntervalMs}";
        var stream = client.Follow([channel]);
        var book = new StreamedBook();
        await Watch.UntilStoppedAsync(async stopping =>
        {
            await foreach (var message in stream.ReadAsync(stopping))
            {
                if (!book.Apply(message))
                {
                    stream.Restart(channel);
                }
                else if (!message.IsOverrun)
                {
                    Show(parse, symbol, book, stream.Endpoint!);
                }
            }
        });
        return ExitCodes.Ok;
    }

    private static void Show(ParseResult parse, string symbol, StreamedBook book, Uri node)
    {
        var (bids, asks) = (book.Bids.ToList(), book.Asks.ToList());
        if (GlobalOptions.IsJson(parse))
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new WatchedBook(symbol, book.Index, Lines(bids), Lines(asks)), OutputJson.Default.WatchedBook));
            return;
        }

        Watch.Clear();
        Tables.Print(
            [">BID QUANTITY", ">BID", ">ASK", ">ASK QUANTITY"],
            Enumerable.Range(0, Math.Max(bids.Count, asks.Count)).Select(i =>
            {
                var bid = i < bids.Count ? bids[i] : NoPrice;
                var ask = i < asks.Count ? asks[i] : NoPrice;
                return (IReadOnlyList<string>)[bid.Quantity, bid.Price, ask.Price, ask.Quantity];
            }));
        Console.WriteLine($"{symbol} at index {book.Index}, from {node.Authority}");
    }

    private static List<string[]> Lines(List<StreamedLevel> levels) =>
        levels.ConvertAll(static level => new[] { level.Price, level.Quantity });

    public static Command Trades()
    {
        var symbol = new Argument<string>("symbol");
        var limit = new Option<int>("--limit") { Description = "At most 1000.", DefaultValueFactory = _ => 20 };
        var command = new Command("trades", "Shows the last trades of an instrument.") { symbol, limit };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetTradesAsync(
                parse.GetRequiredValue(symbol), parse.GetValue(limit), GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.PageTradeResponse, trades => Tables.Print(
                ["TRADE", "TIME", "TAKER", ">PRICE", ">QUANTITY", ">INDEX"],
                trades.Items.Select(trade => (IReadOnlyList<string>)
                    [trade.TradeId, trade.Time, trade.TakerSide, trade.Price, trade.Quantity, $"{trade.Index}"])));
        });
        return command;
    }

    private static void PrintBook(BookResponse book, int level)
    {
        var last = level == 3 ? ">ORDER" : ">ORDERS";
        Tables.Print(
            [last, ">BID QUANTITY", ">BID", ">ASK", ">ASK QUANTITY", last],
            Enumerable.Range(0, Math.Max(book.Bids.Count, book.Asks.Count)).Select(i =>
            {
                var bid = i < book.Bids.Count ? book.Bids[i] : NoLevel;
                var ask = i < book.Asks.Count ? book.Asks[i] : NoLevel;
                return (IReadOnlyList<string>)[Last(bid), bid.Quantity, bid.Price, ask.Price, ask.Quantity, Last(ask)];
            }));
    }

    private static string Last(BookLevel level) => level.OrderId ?? $"{level.OrderCount}";
}
