using System.CommandLine;
using System.Diagnostics;
using ReplicatedBook.Cli.Replay;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb replay: recorded order flow against a running cluster.</summary>
internal static class ReplayCommand
{
    private const int BatchLimit = 100; // API.md 2.6.

    private static readonly Argument<string> Commands = new("commands") { Description = "cmds.csv of the recording." };

    private static readonly Option<string> Symbol = new("--symbol")
    {
        Description = "Instrument to trade, created where absent.",
        DefaultValueFactory = _ => "AAPL",
    };

    private static readonly Option<bool> FreshSymbol = new("--fresh-symbol")
    {
        Description = "Adds a number to the symbol until there is no such instrument yet.",
    };

    private static readonly Option<string?> ExpectBook = new("--expect-book") { Description = "expected_book.csv." };
    private static readonly Option<string?> ExpectFills = new("--expect-fills") { Description = "expected_fills.csv." };

    private static readonly Option<int> Batch = new("--batch")
    {
        Description = $"Most orders in one request, 1 to {BatchLimit}.",
        DefaultValueFactory = _ => BatchLimit,
    };

    public static Command Build()
    {
        var command = new Command("replay", "Sends recorded order flow and compares what comes of it.")
        {
            Commands, Symbol, FreshSymbol, ExpectBook, ExpectFills, Batch,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var input = ReadInput(parse);
        var run = Guid.NewGuid().ToString("N")[..8];
        using var client = GlobalOptions.Client(parse);
        var market = await new ReplaySetup(client, cancellation)
            .RunAsync(parse.GetRequiredValue(Symbol), parse.GetValue(FreshSymbol), run);
        Console.WriteLine(
            $"replaying {input.Lines.Count} commands on {market.Symbol}, account {market.Account}, run {run}");

        var started = Stopwatch.StartNew();
        var sender = new ReplaySender(client, market, run, new ReplayOrders(), cancellation);
        var replay = new ReplayRun(input, client, market, sender);
        await ShowProgressAsync(replay.RunAsync(cancellation), replay, input.Lines.Count);
        return Report(parse, replay.Tally, sender, input.Lines.Count, started.Elapsed);
    }

    private static ReplayInput ReadInput(ParseResult parse)
    {
        var batch = parse.GetValue(Batch);
        if (batch is < 1 or > BatchLimit)
        {
            throw new UsageException($"--batch must be 1 to {BatchLimit}");
        }

        var books = parse.GetValue(ExpectBook);
        var fills = parse.GetValue(ExpectFills);
        return new ReplayInput(
            ReplayFiles.ReadCommands(parse.GetRequiredValue(Commands)),
            books is null ? [] : ReplayFiles.ReadBooks(books),
            fills is null ? [] : ReplayFiles.ReadFills(fills),
            fills is not null,
            batch);
    }

    /// <summary>One line a second while it runs.</summary>
    private static async Task ShowProgressAsync(Task work, ReplayRun replay, int lines)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var tick = second.WaitForNextTickAsync().AsTask();
        while (await Task.WhenAny(work, tick) != work)
        {
            Console.WriteLine(
                $"  {replay.Done} of {lines} commands, "
                + $"{replay.Tally.RowsEqual} of {replay.Tally.RowsCompared} books equal");
            tick = second.WaitForNextTickAsync().AsTask();
        }

        await work;
    }

    private static int Report(ParseResult parse, ReplayTally tally, ReplaySender sender, int lines, TimeSpan took)
    {
        Console.WriteLine($"commands   {lines} in {sender.Requests} requests, {sender.Retries} retries");
        Console.WriteLine($"books      {tally.RowsEqual} of {tally.RowsCompared} equal");
        Console.WriteLine($"fill lists {tally.FillListsEqual} of {tally.FillListsCompared} equal");
        Console.WriteLine($"took       {took.TotalSeconds:0.0} s");
        if (tally.FirstDifference is { } difference)
        {
            Console.WriteLine($"first difference, {difference}");
            return ExitCodes.CheckFailed;
        }

        var compared = parse.GetValue(ExpectBook) is not null || parse.GetValue(ExpectFills) is not null;
        Console.WriteLine(compared ? "all equal" : "nothing was compared");
        return ExitCodes.Ok;
    }
}
