using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Cost of reading the ten best levels of both sides from the book that a workload leaves.</summary>
internal static class TopOfBook
{
    private const int Levels = 10;
    private const int Queries = 200_000;

    /// <summary>Measures each way to read them.</summary>
    /// <param name="workload">What fills the book.</param>
    /// <param name="passes">Measured passes.</param>
    /// <returns>Name, nanoseconds of the thread's processor time and bytes allocated per query.</returns>
    public static IEnumerable<(string Name, double Nanoseconds, double Bytes)> Of(Workload workload, int passes)
    {
        var exchange = new TypedCore(workload, 0, 0, history: 1_000);
        yield return Measure("top ten, exchange, a copy to keep", exchange, workload, passes, () =>
            exchange.Exchange.Book(new InstrumentId(1), Levels, withOrders: false)!.Bids.Count);

        var (bids, asks) = (new PriceLevel[Levels], new PriceLevel[Levels]);
        var ring = new ReportRing(ReportRing.UsualCapacity);
        var sorted = BookCores.Sorted(workload.Operations, 1, ring);
        yield return Measure("top ten, book, sorted levels", sorted, workload, passes, () =>
            sorted.CopyTop(Side.Buy, bids) + sorted.CopyTop(Side.Sell, asks));

        var ladder = BookCores.Ladder(workload.Operations, 1, ring)!;
        yield return Measure("top ten, book, ladder", ladder, workload, passes, () =>
            ladder.CopyTop(Side.Buy, bids) + ladder.CopyTop(Side.Sell, asks));
    }

    private static (string Name, double Nanoseconds, double Bytes) Measure(
        string name, ICore core, Workload workload, int passes, Func<int> query)
    {
        core.Prepare();
        core.Run(0, workload.Operations.Length);
        var (best, bytes) = (long.MaxValue, long.MaxValue);
        for (var pass = 0; pass < 2 + passes; pass++)
        {
            var (start, allocated) = (ThreadClock.Nanoseconds(), GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < Queries; i++)
            {
                if (query() == 0)
                {
                    throw new InvalidOperationException("the book is empty");
                }
            }

            best = Math.Min(best, ThreadClock.Nanoseconds() - start);
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - allocated);
        }

        return (name, best / (double)Queries, bytes / (double)Queries);
    }
}
