using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Replay;

/// <summary>Sends a recorded flow and compares what comes of it, row by row.</summary>
internal sealed class ReplayRun(
    ReplayInput input, ReplicatedBookClient client, ReplayMarket market, ReplaySender sender)
{
    private const long NoAsk = 9999999999;
    private const long NoBid = -9999999999;

    private int _reader;

    public ReplayTally Tally { get; } = new();

    /// <summary>Lines done so far.</summary>
    public int Done { get; private set; }

    /// <summary>Sends all lines. Where a book is expected it is read after its row's last line and before the next is
    /// sent.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var isFirst = true;
        foreach (var (row, expected) in input.Books)
        {
            await SendUntilAsync(row);

            // The first book is the seed: its lines carry the number of the row after it.
            if (!isFirst)
            {
                Tally.CompareBook(row, expected, await ReadBookAsync(expected.Length / 4, cancellation));
            }

            isFirst = false;
        }

        await SendUntilAsync(long.MaxValue);
        Tally.MissingFills(input.Fills.Keys);
    }

    private async Task SendUntilAsync(long row)
    {
        var placements = new List<ReplayLine>(input.MaxBatch);
        while (Done + placements.Count < input.Lines.Count)
        {
            var line = input.Lines[Done + placements.Count];
            if (line.Row > row)
            {
                break;
            }

            if (line.IsPlacement)
            {
                placements.Add(line);
                if (placements.Count == input.MaxBatch)
                {
                    await PlaceAsync(placements);
                }

                continue;
            }

            await PlaceAsync(placements);
            await sender.ChangeAsync(line);
            Done++;
        }

        await PlaceAsync(placements);
    }

    private async Task PlaceAsync(List<ReplayLine> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        var fills = await sender.PlaceAsync(lines);
        foreach (var (line, actual) in lines.Zip(fills))
        {
            var isAggressor = line.Operation == ReplayOperation.ImmediateOrCancel;
            if (input.HasFills && (isAggressor || actual.Count > 0))
            {
                // What rests in the recording never traded on entry, so any fill of it is a difference.
                List<ExpectedFill>? expected = null;
                _ = isAggressor && input.Fills.Remove(line.Row, out expected);
                Tally.CompareFills(line, expected ?? [], actual);
            }
        }

        Done += lines.Count;
        lines.Clear();
    }

    /// <summary>From each node in turn, as of the last write at least; nobody else trades here, so it is exactly that
    /// book.</summary>
    private async Task<long[]> ReadBookAsync(int levels, CancellationToken cancellation)
    {
        var endpoint = client.Endpoints[_reader++ % client.Endpoints.Count];
        using var node = client.At(endpoint, TimeSpan.FromSeconds(2));
        var read = ReadOptions.Since(sender.LastIndex);
        var answer = await node.GetBookAsync(market.Symbol, levels, 2, read, cancellation);
        if (!answer.IsAnswered)
        {
            answer = await client.GetBookAsync(market.Symbol, levels, 2, read, cancellation); // Whoever is there.
        }

        return Flatten(answer.Require(), levels);
    }

    private static long[] Flatten(BookResponse book, int levels)
    {
        var flat = new long[levels * 4];
        for (var i = 0; i < levels; i++)
        {
            Put(flat, i * 4, book.Asks, i, NoAsk);
            Put(flat, (i * 4) + 2, book.Bids, i, NoBid);
        }

        return flat;
    }

    private static void Put(long[] flat, int at, IReadOnlyList<BookLevel> side, int level, long none)
    {
        var isThere = level < side.Count;
        flat[at] = isThere ? ReplayNumbers.Ticks(side[level].Price) : none;
        flat[at + 1] = isThere ? ReplayNumbers.Lots(side[level].Quantity) : 0;
    }
}
