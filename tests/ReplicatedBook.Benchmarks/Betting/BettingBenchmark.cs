using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Benchmarks.Betting;

/// <summary>Cost of a market of two runners on one thread: no log, no network.</summary>
internal static class BettingBenchmark
{
    private const int Operations = 2_000_000;
    private const int Passes = 5;

    private const string Help = """
        usage: scripts/bench.sh betting
        W7: a market of two runners, half of the trades implied. Takes no options.
        Exit code 1: the warm exchange allocates; 2: wrong arguments.
        """;

    /// <summary>Runs W7 and prints what it needs.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            var isHelp = arguments is ["--help"];
            (isHelp ? Console.Out : Console.Error).WriteLine(Help);
            return isHelp ? 0 : 2;
        }

        var workload = BettingWorkload.Draw(Operations);
        Console.WriteLine(
            $"W7 two runners: {Operations:N0} operations, {workload.Bets:N0} bets, {workload.Trades:N0} trades, "
                + $"{100.0 * workload.Implied / workload.Trades:F1} % implied");
        var core = new BettingCore(workload);
        Measurement.WarmUp(core, Operations);
        var (best, _) = Measurement.InTurns(core, core, Operations, Passes);
        Console.WriteLine(
            $"{core.Name}: {1e3 * Operations / best.Cpu:F2} M ops/s CPU, {(double)best.Cpu / Operations:F1} ns/op, "
                + $"{1e3 * Operations / best.Wall:F2} M ops/s wall, {(double)best.Bytes / Operations:F3} B/op");
        return best.Bytes == 0 ? 0 : 1;
    }
}
