namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Cost of matching alone on one thread: no log, no network.</summary>
internal static class MatchingBenchmark
{
    private const int LadderPrices = 1 << 17; // Beyond the highest price of any workload.

    private const string Help = """
        usage: scripts/bench.sh matching [--quick] [--only a,b]
          --quick     fewer operations and passes: about 20 seconds
          --only a,b  only rows whose workload or matcher contains one of these (W1, core, book alone, idiomatic, top)
        Exit code 1: a matcher disagrees with the reference matcher, or a warm core allocates; 2: wrong arguments.
        """;

    /// <summary>Runs all rows and prints them.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments is ["--help"])
        {
            Console.WriteLine(Help);
            return 0;
        }

        try
        {
            return Run(MatchingOptions.Parse(arguments));
        }
        catch (ArgumentException exception)
        {
            Console.Error.WriteLine($"{exception.Message}\n{Help}");
            return 2;
        }
    }

    private static int Run(MatchingOptions options)
    {
        var table = new MatchingTable();
        var isSound = true;
        foreach (var make in new Func<int, Workload>[]
        {
            Workloads.Mixed, Workloads.Matching, Workloads.BuildAndCancel, Workloads.ExchangeMix, Workloads.ManyBooks,
            Workloads.Outcomes,
        })
        {
            var workload = make(options.Operations);
            isSound &= RunWorkload(options, workload, table);
        }

        if (options.Wants("top ten"))
        {
            Console.Error.WriteLine("top ten");
            Console.WriteLine("Ten best levels of both sides, after W1:");
            foreach (var (name, nanoseconds, bytes) in TopOfBook.Of(
                Workloads.Mixed(MatchingOptions.QuickOperations), options.Passes))
            {
                table.AddQuery(name, nanoseconds, bytes);
            }
        }

        var clock = Latencies.OfTheClock(1_000_000);
        Console.WriteLine($"p50 to p99.9: nanoseconds of single operations; {clock} of them are the clock's");
        return isSound ? 0 : 1;
    }

    /// <returns>Whether all matchers agree with the reference and warm cores allocate nothing.</returns>
    private static bool RunWorkload(MatchingOptions options, Workload workload, MatchingTable table)
    {
        var operations = workload.Operations.Length;
        var cores = Cores(workload, options).Where(row => options.Wants($"{workload.Name} {row.Name}")).ToList();
        if (cores.Count == 0)
        {
            return true;
        }

        table.Add(workload);
        var isSound = true;
        var reference = Reference(workload);
        Measurement.WarmUp(reference, operations, options.WarmUps);
        foreach (var (name, make) in cores)
        {
            Console.Error.WriteLine($"{workload.Name}: {name}");
            var core = make();
            Measurement.WarmUp(core, operations, options.WarmUps);
            var (speed, other) = Measurement.InTurns(core, reference, operations, options.Passes);
            var latencies = Latencies.Of(core, operations, options.Passes);
            var agrees = Tally.Of(core, operations) == workload.Totals;
            var isIdle = core is IdiomaticCore || speed.Bytes == 0;
            table.Add(name, operations, speed, latencies, other, agrees ? isIdle ? "" : "ALLOCATES" : "DISAGREES");
            isSound &= agrees && isIdle;
        }

        return isSound;
    }

    private static IdiomaticCore Reference(Workload workload) =>
        new(workload.Operations, workload.Books, NewRing());

    /// <summary>The rows of a workload; new ones go here.</summary>
    private static IEnumerable<(string Name, Func<ICore> Make)> Cores(Workload workload, MatchingOptions options)
    {
        var (history, books) = (options.History, workload.Books);
        var isFirst = workload.Name.StartsWith("W1", StringComparison.Ordinal);
        yield return ("core, typed, fees 0/0 bps", () => new TypedCore(workload, 0, 0, history));
        if (isFirst || !options.IsQuick)
        {
            yield return ("core, encoded, fees 0/0 bps", () => new EncodedCore(workload, 0, 0, history));
        }

        if (isFirst && !options.IsQuick)
        {
            yield return ("core, typed, ladder", () => new TypedCore(workload, 0, 0, history, LadderPrices));
            yield return ("core, typed, fees -1/5 bps", () => new TypedCore(workload, -1, 5, history));
            yield return ("core, encoded, fees -1/5 bps", () => new EncodedCore(workload, -1, 5, history));
        }

        yield return ("book alone, sorted levels", () => BookCores.Sorted(workload.Operations, books, NewRing()));
        if (isFirst || !options.IsQuick)
        {
            yield return ("book alone, ladder", () => BookCores.Ladder(workload.Operations, books, NewRing())!);
        }

        yield return ("idiomatic book", () => Reference(workload));
    }

    private static ReportRing NewRing() => new(ReportRing.UsualCapacity);
}
