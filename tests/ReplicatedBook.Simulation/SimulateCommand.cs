using System.Diagnostics;
using System.Globalization;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Plan;
using ReplicatedBook.Simulation.Power;
using ReplicatedBook.Simulation.Shrinking;

namespace ReplicatedBook.Simulation;

/// <summary>The program <c>simulate</c>; see <see cref="SimulateArguments.Usage"/>.</summary>
internal static class SimulateCommand
{
    /// <summary>Virtual seconds with faults when none are given.</summary>
    public const int DefaultSeconds = 60;

    /// <summary>Runs seeds or a schedule; prints progress, what happened how often, and the first failure.</summary>
    /// <returns>0 when all promises were kept, 1 when one was broken, 2 for wrong arguments.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        if (SimulateArguments.Read(arguments, out var wrong) is not { } read)
        {
            Console.Error.WriteLine($"simulate: {wrong}; usage: {SimulateArguments.Usage}");
            return 2;
        }

        if (read.PlantIn is { } target)
        {
            Console.WriteLine(PlantedTree.Build(target, PlantedFile.ReadAll(PlantedTree.Defects)));
            return 0;
        }

        if (read.Planted is { } folder)
        {
            return PlantedCommand.Run(folder, read);
        }

        return read.Shrinks ? Shrink(read) : read.Schedule is not null ? RunSchedule(read) : RunSeeds(read);
    }

    private static Schedule ScheduleOf(SimulateArguments read)
    {
        var schedule = read.Schedule is { } file
            ? ScheduleText.Read(File.ReadAllText(file))
            : Schedule.Of(SimulationPlan.Draw(read.First, read.FaultTime, read.Defect, read.Focus, read.Among));
        return schedule with { Plan = schedule.Plan with { Defect = read.Defect } };
    }

    private static int RunSchedule(SimulateArguments read)
    {
        var result = SimulatedCluster.Run(ScheduleOf(read));
        Console.WriteLine(result.Failure ?? "simulate: every promise was kept");
        return result.Failure is null ? 0 : 1;
    }

    private static int Shrink(SimulateArguments read)
    {
        var shrinker = new Shrinker(text => Console.WriteLine($"simulate: {text}"));
        if (shrinker.Shrink(ScheduleOf(read)) is not var (small, result))
        {
            Console.WriteLine("simulate: every promise was kept, so there is nothing to shrink");
            return 0;
        }

        small = small with { Finds = read.Defect == PlantedDefect.None ? null : read.Defect.ToString() };
        Show(small, result, read.WriteTo);
        return 1;
    }

    /// <summary>Prints a small schedule and how it fails, and writes it to a file where one is named.</summary>
    internal static void Show(Schedule small, SimulationResult result, string? file)
    {
        var text = ScheduleText.Write(small, $"breaks {result.Invariant}");
        if (file is not null)
        {
            File.WriteAllText(file, text);
        }

        Console.WriteLine(text);
        Console.WriteLine(result.Failure);
    }

    private static int RunSeeds(SimulateArguments read)
    {
        var range = new SeedRange(read.First, read.Seeds, read.FaultTime, read.Defect)
        {
            Focus = read.Focus,
            Among = read.Among,
        };
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
            if (read.PrintsTraces)
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
