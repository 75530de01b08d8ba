using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Benchmarks.Flash1;

/// <summary>Runs workload files of the public benchmark through our books: first the SHA-256 of all reports, then the
/// speed.</summary>
internal static class Flash1Benchmark
{
    private const string Help = """
        usage: scripts/bench.sh flash1 --workload FILE [--expect HASH] [--workload FILE ...] [--passes 5] [--only NAME]
          --workload FILE  a file of the generator of github.com/flash1-dev/matching-engine-benchmark
          --expect HASH    SHA-256 that the reports on the file before must have (its reference/correctness_hash.txt)
          --passes N       measured passes; the best counts
          --only NAME      only matchers whose name contains this
        Exit code 1: a hash is not the expected one, or two matchers differ; 2: wrong arguments or files.
        """;

    /// <summary>Runs and prints a table.</summary>
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
            var options = Flash1Options.Parse(arguments);
            var workloads = options.Files.Select(file => WorkloadFile.Read(file.Path)).ToList();
            Console.WriteLine(
                $"{"workload",-12} {"matcher",-45} {"M/s CPU",8} {"wall",6} {"ns/msg",6} {"B/msg",6} {"ratio",5}  " +
                "SHA-256 of the reports");
            var isRight = true;
            for (var i = 0; i < workloads.Count; i++)
            {
                isRight &= RunFile(options, options.Files[i], workloads[i]);
            }

            return isRight ? 0 : 1;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidDataException)
        {
            Console.Error.WriteLine($"{exception.Message}\n{Help}");
            return 2;
        }
    }

    private static bool RunFile(Flash1Options options, (string Path, string? Expected) file, Operation[] operations)
    {
        var name = Path.GetFileNameWithoutExtension(file.Path);
        var reference = new IdiomaticCore(operations, 1, new ReportRing(ReportRing.UsualCapacity));
        Measurement.WarmUp(reference, operations.Length);
        Verdict? first = null;
        var isRight = true;
        foreach (var (core, check) in Matchers.On(operations, ReportRing.UsualCapacity, WarmExchange.UsualHistory)
            .Zip(Matchers.On(operations)))
        {
            if (!core.Name.Contains(options.Only, StringComparison.Ordinal))
            {
                continue;
            }

            Console.Error.WriteLine($"{name}: {core.Name}");
            var verdict = Verdict.On(check, operations.Length);
            first ??= verdict;
            var isSame = verdict == first && verdict.Hash == (file.Expected ?? verdict.Hash);
            isRight &= isSame;
            Measurement.WarmUp(core, operations.Length);
            var (speed, other) = Measurement.InTurns(core, reference, operations.Length, options.Passes);
            double count = operations.Length;
            Console.WriteLine(
                $"{name,-12} {core.Name,-45} {count * 1e3 / speed.Cpu,8:F2} {count * 1e3 / speed.Wall,6:F2} " +
                $"{speed.Cpu / count,6:F1} {speed.Bytes / count,6:F1} {other.Cpu / (double)speed.Cpu,5:F1}  " +
                $"{verdict.Hash} {(!isSame ? "DIFFERS" : file.Expected is null ? "" : "as expected")} " +
                $"{verdict.Reports:N0} reports, {verdict.Trades:N0} trades");
        }

        return isRight;
    }
}
