using System.Globalization;
using ReplicatedBook.Benchmarks.Matching;
using ReplicatedBook.Node.MarketData;

namespace ReplicatedBook.Benchmarks.MarketData;

/// <summary>What the pump of market data takes for an entry of the log, and what a follower adds.</summary>
internal static class MarketDataBenchmark
{
    private const int Passes = 5;
    private const int MaxChanges = 1 << 14; // The standard of Feed:MaxBookChanges.
    private const int MostEntries = 10_000_000;
    private const int EntriesAtOnce = 256; // As the pump reads them.

    private const string Help = """
        usage: scripts/bench.sh market [--entries 200000]
        Exit code 2: wrong arguments.
        """;

    /// <summary>Runs and prints.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var entries = arguments switch
        {
            [] => 200_000,
            ["--entries", var text] when int.TryParse(
                text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count is >= 1 and <= MostEntries => count,
            _ => 0,
        };
        if (entries == 0)
        {
            (arguments is ["--help"] ? Console.Out : Console.Error).WriteLine(Help);
            return arguments is ["--help"] ? 0 : 2;
        }

        var feed = new RecordedFeed(entries);
        Console.WriteLine($"{entries:N0} entries, best of {Passes}   ns CPU per entry    entries a second");
        Show("events decoded, no book followed", feed, follows: false, depth: null, asJson: false);
        Show("book mirrored", feed, follows: true, depth: null, asJson: false);
        foreach (var depth in new[] { 1, 20, 0 })
        {
            var name = depth == 0 ? "all" : $"{depth}";
            Show($"and read at depth {name}", feed, follows: true, depth, asJson: false);
            Show($"and read at depth {name}, as JSON", feed, follows: true, depth, asJson: true);
        }

        return 0;
    }

    private static void Show(string name, RecordedFeed feed, bool follows, int? depth, bool asJson)
    {
        var best = long.MaxValue;
        for (var pass = 0; pass < Passes; pass++)
        {
            best = Math.Min(best, Run(feed, follows, depth, asJson));
        }

        var each = best / (double)feed.Entries.Count;
        Console.WriteLine($"  {name,-42} {each,14:F0} {1e9 / each,19:N0}");
    }

    private static long Run(RecordedFeed feed, bool follows, int? depth, bool asJson)
    {
        var (router, updates) = (new EventRouter(), new List<BookUpdate>());
        var book = new FollowedBook([feed.Terms], MaxChanges, null!, new Lock());
        book.Load(feed.Image, feed.Index);
        if (follows)
        {
            router.Add(book);
        }

        var view = depth is { } lines ? book.Enter(feed.Terms, lines) : null;
        var position = view?.Snapshot().Index ?? 0;
        var bytes = 0L;
        var started = ThreadClock.Nanoseconds();
        for (var i = 0; i < feed.Entries.Count; i++)
        {
            router.Take(feed.Entries[i]);
            if (view is null || i % EntriesAtOnce != EntriesAtOnce - 1)
            {
                continue;
            }

            updates.Clear();
            if (!view.TryRead(position, int.MaxValue, updates, out position))
            {
                throw new InvalidOperationException("the follower was overrun");
            }

            foreach (var update in updates)
            {
                bytes += asJson ? ChannelJson.Of(update, feed.Terms).Length : 0;
            }
        }

        var took = ThreadClock.Nanoseconds() - started;
        return asJson && bytes == 0 ? throw new InvalidOperationException("nothing was told") : took;
    }
}
