using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Shrinking;

/// <summary>Makes a failing schedule small: fewer faults, clients, operations, nodes, and less time, as long as the
/// same promise is broken.</summary>
/// <remarks>Delta debugging (Zeller, Hildebrandt 2002). It works because every draw has a stream of its own: what is
/// left out does not change what is left.</remarks>
/// <param name="say">Told how far it has come.</param>
/// <param name="maxRuns">Most runs that are tried.</param>
internal sealed class Shrinker(Action<string> say, int maxRuns = 1_500)
{
    private int _runs;
    private string _invariant = "";

    /// <summary>Shrinks a schedule.</summary>
    /// <returns>The small one and how it fails; null when the schedule does not fail at all.</returns>
    public (Schedule Schedule, SimulationResult Result)? Shrink(Schedule schedule)
    {
        var result = SimulatedCluster.Run(schedule);
        if (result.Invariant is not { } invariant)
        {
            return null;
        }

        _invariant = invariant;
        say($"shrinking {schedule.Faults.Count} faults, {result.Operations.Sum()} operations: {invariant}");
        var kept = Enumerable.Range(1, result.Operations.Count).ToDictionary(
            client => client,
            client => (IReadOnlySet<int>)Enumerable.Range(1, result.Operations[client - 1])
                .Where(number => schedule.Keeps(client, number)).ToHashSet());
        var small = schedule with { Kept = kept };
        if (!Fails(small))
        {
            small = schedule;
        }

        for (var before = int.MaxValue; SizeOf(small) < before && _runs < maxRuns;)
        {
            before = SizeOf(small);
            small = ShrinkOnce(small);
            say($"{small.Faults.Count} faults of kinds {small.Plan.Faults}, {CountOperations(small)} operations, "
                + $"{small.Plan.Nodes} nodes, {small.Plan.FaultTime / 1000} ms, after {_runs} runs");
        }

        result = SimulatedCluster.Run(small);
        return (small with { By = invariant }, result);
    }

    private Schedule ShrinkOnce(Schedule small)
    {
        small = ShrinkTime(small);
        small = small with { Faults = Reduce(small.Faults, faults => small with { Faults = faults }) };
        foreach (var kind in Enum.GetValues<FaultClass>())
        {
            var without = small with { Plan = small.Plan with { Faults = small.Plan.Faults & ~kind } };
            small = kind != FaultClass.None && kind != FaultClass.All && small.Plan.Has(kind) && Fails(without)
                ? without
                : small;
        }

        small = ShrinkClients(small);
        var operations = small.Kept.SelectMany(kept => kept.Value.Order().Select(number => (kept.Key, number)));
        var reduced = Reduce([.. operations], left => WithOperations(small, left));
        small = WithOperations(small, reduced);
        return ShrinkNodes(small);
    }

    private Schedule ShrinkTime(Schedule small)
    {
        var isFailing = true;
        while (isFailing && _runs < maxRuns)
        {
            var time = small.Plan.FaultTime * 3 / 4;
            var shorter = small with
            {
                Plan = small.Plan with { FaultTime = time },
                Faults = [.. small.Faults.Where(fault => fault.Reign > 0 || fault.At < time)],
            };
            isFailing = time > 1_000_000 && Fails(shorter);
            small = isFailing ? shorter : small;
        }

        return small;
    }

    private Schedule ShrinkClients(Schedule small)
    {
        foreach (var client in small.Kept.Keys.OrderDescending())
        {
            var kept = new Dictionary<int, IReadOnlySet<int>>(small.Kept) { [client] = new HashSet<int>() };
            var without = small with { Kept = kept };
            small = small.Kept[client].Count > 0 && Fails(without) ? without : small;
        }

        return small;
    }

    private Schedule ShrinkNodes(Schedule small)
    {
        foreach (var nodes in (int[])[3, 5])
        {
            if (nodes >= small.Plan.Nodes)
            {
                break;
            }

            var fewer = small with
            {
                Plan = PlanSettings.Apply(small.Plan with { Nodes = nodes }, []),
                Faults = [.. small.Faults.Where(fault => fault.Node <= nodes)
                    .Select(fault => fault with
                    {
                        Links = [.. fault.Links.Where(link => link.From <= nodes && link.To <= nodes)],
                    })],
            };
            if (Fails(fewer))
            {
                return fewer;
            }
        }

        return small;
    }

    /// <summary>Leaves out as many parts of a list as it can, large ones first.</summary>
    private IReadOnlyList<T> Reduce<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, Schedule> make)
    {
        for (var size = Math.Max(1, items.Count / 2); items.Count > 0; size = Math.Max(1, size / 2))
        {
            var isSmaller = false;
            for (var start = 0; start < items.Count && _runs < maxRuns;)
            {
                List<T> left = [.. items.Take(start), .. items.Skip(start + size)];
                if (Fails(make(left)))
                {
                    (items, isSmaller) = (left, true);
                }
                else
                {
                    start += size;
                }
            }

            if ((size == 1 && !isSmaller) || _runs >= maxRuns)
            {
                break;
            }
        }

        return items;
    }

    private bool Fails(Schedule schedule)
    {
        _runs++;
        return SimulatedCluster.Run(schedule).Invariant == _invariant;
    }

    private static Schedule WithOperations(Schedule schedule, IReadOnlyList<(int Client, int Number)> left)
    {
        var kept = schedule.Kept.ToDictionary(
            pair => pair.Key,
            pair => (IReadOnlySet<int>)left.Where(one => one.Client == pair.Key).Select(one => one.Number).ToHashSet());
        return schedule with { Kept = kept };
    }

    private static int CountOperations(Schedule schedule) => schedule.Kept.Sum(kept => kept.Value.Count);

    private static int SizeOf(Schedule schedule) =>
        schedule.Faults.Count + CountOperations(schedule) + schedule.Plan.Nodes
        + (int)(schedule.Plan.FaultTime / 1_000_000);
}
