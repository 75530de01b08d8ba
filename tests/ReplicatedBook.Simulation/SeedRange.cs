using System.Collections.Concurrent;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation;

/// <summary>Runs many seeds, each on one thread, several at a time.</summary>
/// <param name="First">First seed; the others follow it.</param>
/// <param name="Count">How many.</param>
/// <param name="FaultTime">How long faults last in each, in microseconds of virtual time.</param>
/// <param name="Defect">A mistake to plant.</param>
internal sealed record SeedRange(ulong First, int Count, long FaultTime, PlantedDefect Defect = PlantedDefect.None)
{
    /// <summary>Kinds of faults that every seed has, whatever it draws.</summary>
    public FaultClass Focus { get; init; }

    /// <summary>Kinds of faults that a seed may have besides.</summary>
    public FaultClass Among { get; init; } = FaultClass.All;

    /// <summary>One seed of so many is lived twice, and must leave the same trace.</summary>
    public const int SeedsPerRepetition = 100;

    /// <summary>Runs them until all are done or one has failed.</summary>
    /// <param name="finished">Called after each, by one thread at a time.</param>
    /// <returns>Counts of all, and the failure with the lowest seed among those that ran.</returns>
    public (Counters Counters, SimulationResult? Failure) Run(Action<SimulationResult>? finished = null)
    {
        var (counters, gate) = (new Counters(), new Lock());
        SimulationResult? failure = null;
        var seeds = Partitioner.Create(Enumerable.Range(0, Count), EnumerablePartitionerOptions.NoBuffering);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(seeds, options, (offset, loop) =>
        {
            if (loop.IsStopped)
            {
                return;
            }

            var seed = First + (ulong)offset;
            var plan = SimulationPlan.Draw(seed, FaultTime, Defect, Focus, Among);
            var result = SimulatedCluster.Run(plan);
            if (seed % SeedsPerRepetition == 0 && result.Failure is null)
            {
                result = RequireEqual(result, SimulatedCluster.Run(plan));
            }

            lock (gate)
            {
                counters.Add(result.Counters);
                finished?.Invoke(result);
                if (result.Failure is not null)
                {
                    failure = failure is null || result.Seed < failure.Seed ? result : failure;
                    loop.Stop();
                }
            }
        });
        return (counters, failure);
    }

    private static SimulationResult RequireEqual(SimulationResult one, SimulationResult other)
    {
        one.Counters.Count(Sometimes.SeedsLivedTwice);
        return one.TraceHash == other.TraceHash && one.Steps == other.Steps
            ? one
            : one with
            {
                Invariant = "equal-traces",
                Failure = $"SIM FAIL equal-traces seed={one.Seed} step={one.Steps}, {other.Steps} ; repeat: "
                    + $"scripts/simulate.sh --seeds 2 --seed {one.Seed} --trace",
            };
    }
}
