using System.CommandLine;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb book, rb trades.</summary>
internal static class MarketDataCommands
{
    private static readonly BookLevel NoLevel = new(string.Empty, string.Empty, 0, string.Empty);

    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);

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
        var watch = new Option<bool>("--watch") { Description = "Shows it again and again until Ctrl-C." };
        var command = new Command("book", "Shows a book.") { symbol, depth, level, watch };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var last = 0;
            do
            {
                var answer = await client.GetBookAsync(
                    parse.GetRequiredValue(symbol), parse.GetValue(depth), parse.GetValue(level),
                    GlobalOptions.Read(parse), cancellation);
                ClearScreen(parse.GetValue(watch));
                last = Answers.Print(parse, answer, ResponseJson.Default.BookResponse, book =>
                {
                    PrintBook(book, parse.GetValue(level));
                    Console.WriteLine($"{book.Instrument} at index {book.Index}, from {answer.Mark.Node}");
                });
            }
            while (parse.GetValue(watch) && last != ExitCodes.Rejected && await PauseAsync(cancellation));
            return last;
        });
        return command;
    }

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

    /// <summary>Waits until it is time to show it again.</summary>
    /// <returns>False when the user wants no more.</returns>
    private static async Task<bool> PauseAsync(CancellationToken cancellation)
    {
        await Task.Delay(WatchInterval, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellation.IsCancellationRequested;
    }

    private static void ClearScreen(bool watching)
    {
        if (watching && !Console.IsOutputRedirected)
        {
            Console.Write("\e[H\e[J");
        }
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
