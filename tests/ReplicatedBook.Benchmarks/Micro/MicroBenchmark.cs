using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Benchmarks.Micro;

/// <summary>Cost of single things that a book does, on one thread: no log, no network.</summary>
internal static class MicroBenchmark
{
    private const int Rounds = 2_000;
    private const int History = 50_000;

    private const string Help = """
        usage: scripts/bench.sh micro
        Adds, updates, cancels, a limit order that sweeps 64 levels, a market order: nanoseconds of processor time per
        operation, the best of 2,000 rounds. Takes no options; about half a minute.
        Exit code 1: a matcher disagrees with the reference matcher, or a warm core allocates; 2: wrong arguments.
        """;

    /// <summary>Runs all cases on the exchange, the book alone and the reference book.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            var isHelp = arguments is ["--help"];
            (isHelp ? Console.Out : Console.Error).WriteLine(Help);
            return isHelp ? 0 : 2;
        }

        Console.WriteLine($"{"ns per operation",-46} {"exchange",10} {"book",10} {"idiomatic",10}");
        var isSound = true;
        foreach (var measured in MicroCases.All)
        {
            Console.Error.WriteLine(measured.Workload.Name);
            isSound &= Run(measured);
        }

        return isSound ? 0 : 1;
    }

    /// <returns>Whether all agree on the trades and warm cores allocate nothing.</returns>
    private static bool Run(MicroCase measured)
    {
        var (workload, operations) = (measured.Workload, measured.Workload.Operations);
        ICore[] cores =
        [
            new TypedCore(workload, 0, 0, History), BookCores.Sorted(operations, workload.Books, NewRing()),
            new IdiomaticCore(operations, workload.Books, NewRing()),
        ];
        var best = cores.Select(core => Measurement.OfTheEnd(core, measured.SetUp, measured.Operations, Rounds))
            .ToArray();
        var agree = cores.All(core => Tally.Of(core, operations.Length) == workload.Totals);
        var areIdle = best[..^1].All(each => each.Bytes == 0);
        var columns = best.Select(each => $"{(double)each.Cpu / measured.Operations,10:F1}");
        Console.WriteLine(
            $"{workload.Name,-46} {string.Join(' ', columns)}"
                + $"{(agree ? "" : " DISAGREES")}{(areIdle ? "" : " ALLOCATES")}");
        return agree && areIdle;
    }

    private static ReportRing NewRing() => new(ReportRing.UsualCapacity);
}
