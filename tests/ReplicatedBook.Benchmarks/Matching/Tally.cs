using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Lets a core run its workload once more, unmeasured, and adds up what it did.</summary>
internal static class Tally
{
    /// <summary>What a core does.</summary>
    public static Totals Of(ICore core, int operations) => core switch
    {
        ITalliedCore tallied => Of(tallied, operations),
        IReportingCore reporting => Of(reporting, operations),
        _ => throw new InvalidOperationException($"{core.Name} does not say what it did"),
    };

    private static Totals Of(ITalliedCore core, int operations)
    {
        var sink = new TallySink();
        core.Prepare();
        for (var i = 0; i < operations; i++)
        {
            core.Run(i, 1);
            EventCodec.Read(core.Events.Bytes, sink);
        }

        return sink.Totals;
    }

    private static Totals Of(IReportingCore core, int operations)
    {
        var (trades, lots, notional) = (0L, 0L, 0L);
        core.Prepare();
        core.Reports.Skip();
        for (var i = 0; i < operations; i++)
        {
            core.Run(i, 1);
            while (core.Reports.TryTake(out var report))
            {
                if (report.Kind == ReportKind.Trade)
                {
                    (trades, lots) = (trades + 1, lots + report.Lots);
                    notional = checked(notional + (report.Price * report.Lots));
                }
            }
        }

        return new Totals(trades, lots, notional);
    }
}
