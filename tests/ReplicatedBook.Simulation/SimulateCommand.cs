using System.Diagnostics;
using System.Globalization;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation;

/// <summary>The program: <c>simulate --seeds N --seed S --seconds V [--trace] [--defect D]</c>.</summary>
internal static class SimulateCommand
{
    /// <summary>Virtual seconds with faults when none are given.</summary>
    public const int DefaultSeconds = 60;

    private const string Usage = "simulate [--seeds <how many, default 200>] [--seed <first, default drawn>] "
        + "[--seconds <virtual time with faults, default 60>] [--trace (print each seed's trace hash)] "
        + "[--defect <a mistake of the host, to see it found>]";

    /// <summary>Runs seeds; prints progress, what happened how often, and the first failure.</summary>
    /// <returns>0 when all promises were kept, 1 when one was broken, 2 for wrong arguments.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var (seeds, seconds, prints) = (200, DefaultSeconds, false);
        var defect = PlantedDefect.None;
        var first = (ulong)Random.Shared.NextInt64(1, 1L << 40);
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            switch (arguments[i])
            {
                case "--seeds" when TryReadCount(value, out seeds): i++; break;
                case "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out first): i++; break;
                case "--seconds" when TryReadCount(value, out seconds): i++; break;
                case "--defect" when Enum.TryParse(value, out defect): i++; break;
                case "--trace": prints = true; break;
                default:
                    Console.Error.WriteLine($"simulate: cannot read '{arguments[i]} {value}'; usage: {Usage}");
                    return 2;
            }
        }

        return Run(new SeedRange(first, seeds, seconds * 1_000_000L, defect), prints);
    }

    private static bool TryReadCount(string text, out int count) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out count) && count > 0;

    private static int Run(SeedRange range, bool printsTraces)
    {
        Console.WriteLine(
            $"simulate: {range.Count} seeds from {range.First}, {range.FaultTime / 1_000_000} s of faults each");
        var (clock, lastLine, done) = (Stopwatch.StartNew(), TimeSpan.Zero, 0);
        var (steps, time, committed) = (0L, 0L, 0L);
        string Sum() => string.Create(CultureInfo.InvariantCulture,
            $"simulate: {done} of {range.Count} seeds, {done / clock.Elapsed.TotalSeconds:f1} seeds/s, "
            + $"{steps / 1e6:f1} M events, {time / 1_000_000} s lived through, {committed} entries committed");
        var (counters, failure) = range.Run(result =>
        {
            (done, steps, time, committed) =
                (done + 1, steps + result.Steps, time + result.VirtualTime, committed + result.Committed);
            if (printsTraces)
            {
                Console.WriteLine($"seed {result.Seed} trace {result.TraceHash:x16}");
            }

            if (clock.Elapsed - lastLine > TimeSpan.FromSeconds(5))
            {
                lastLine = clock.Elapsed;
                Console.WriteLine(Sum());
            }
        });
        Console.WriteLine(Sum());
        foreach (var what in Enum.GetValues<Sometimes>())
        {
            Console.WriteLine($"  {what,-34} {counters[what],12}");
        }

        Console.WriteLine(failure?.Failure ?? "simulate: every promise was kept");
        return failure is null ? 0 : 1;
    }
}
