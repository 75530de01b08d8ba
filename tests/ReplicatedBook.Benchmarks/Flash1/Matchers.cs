using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Benchmarks.Flash1;

/// <summary>Everything that can match such a workload.</summary>
internal static class Matchers
{
    private const int SmallHistory = 1_000;

    /// <summary>Reports of one message at most while they are checked.</summary>
    public const int CheckedReports = 1 << 16;

    /// <summary>One of each, on one workload.</summary>
    /// <param name="operations">The workload.</param>
    /// <param name="reports">Reports kept until they are written over; a power of two.</param>
    /// <param name="history">Closed orders that the whole exchange keeps.</param>
    public static IEnumerable<IReportingCore> On(
        Operation[] operations, int reports = CheckedReports, int history = SmallHistory)
    {
        yield return BookCores.Sorted(operations, 1, new ReportRing(reports));
        if (BookCores.Ladder(operations, 1, new ReportRing(reports)) is { } ladder)
        {
            yield return ladder;
        }

        yield return new ExchangeCore(operations, new ReportRing(reports), history);
        yield return new IdiomaticCore(operations, 1, new ReportRing(reports));
    }
}
