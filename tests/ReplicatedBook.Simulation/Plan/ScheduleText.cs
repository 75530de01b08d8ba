using System.Globalization;
using ReplicatedBook.Simulation.Faults;

namespace ReplicatedBook.Simulation.Plan;

/// <summary>Schedules as text, version 1: a first line, then <c>finds</c>, <c>plan</c>, <c>operations</c> and
/// <c>fault</c> lines; lines that begin with # are for people (README.md).</summary>
internal static class ScheduleText
{
    private const string FirstLine = "replicatedbook simulation schedule, version 1";

    /// <summary>Writes a schedule.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="remarks">Lines for people.</param>
    public static string Write(Schedule schedule, params IEnumerable<string> remarks)
    {
        List<string> lines = [FirstLine, .. remarks.Select(remark => $"# {remark}")];
        lines.AddRange(schedule.Finds is null ? [] : [$"finds {schedule.Finds} {schedule.By}"]);
        lines.AddRange(PlanSettings.Of(schedule.Plan).Select(setting => $"plan {setting}"));
        lines.AddRange(schedule.Kept.OrderBy(kept => kept.Key)
            .Select(kept => $"operations {kept.Key}: {Ranges(kept.Value)}".TrimEnd()));
        lines.AddRange(schedule.Faults.Select(fault => $"fault {fault}"));
        return string.Join('\n', lines) + '\n';
    }

    /// <summary>Reads what <see cref="Write"/> wrote, or people did. What the plan does not say follows from its
    /// seed.</summary>
    /// <exception cref="FormatException">It is not such a text.</exception>
    public static Schedule Read(string text)
    {
        var lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        if (lines.Count == 0 || lines[0] != FirstLine)
        {
            throw new FormatException($"a schedule begins with the line '{FirstLine}'");
        }

        var (settings, faults) = (new List<string>(), new List<FaultEvent>());
        var (kept, finds) = (new Dictionary<int, IReadOnlySet<int>>(), Array.Empty<string>());
        foreach (var line in lines.Skip(1).Where(line => !line.StartsWith('#')))
        {
            var (word, rest) = line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space
                ? (line[..space], line[(space + 1)..])
                : (line, "");
            switch (word)
            {
                case "finds": finds = rest.Split(' '); break;
                case "plan": settings.Add(rest); break;
                case "fault": faults.Add(FaultEvent.Parse(rest)); break;
                case "operations": ReadOperations(rest, kept); break;
                default: throw new FormatException($"'{word}' begins no line of a schedule");
            }
        }

        var seed = settings.Find(setting => setting.StartsWith("Seed=", StringComparison.Ordinal))
            ?? throw new FormatException("a schedule names its seed");
        var plan = SimulationPlan.Draw(ulong.Parse(seed.AsSpan(5), CultureInfo.InvariantCulture), 60_000_000);
        return new Schedule(PlanSettings.Apply(plan, settings), faults, kept)
        {
            Finds = finds is [var defect, ..] ? defect : null,
            By = finds is [_, var invariant] ? invariant : null,
        };
    }

    private static void ReadOperations(string text, Dictionary<int, IReadOnlySet<int>> kept)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var numbers = new HashSet<int>();
        foreach (var range in text[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
            numbers.UnionWith(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
        }

        kept.Add(int.Parse(text.AsSpan(0, colon), CultureInfo.InvariantCulture), numbers);
    }

    private static string Ranges(IReadOnlySet<int> numbers)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var number in numbers.Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == number - 1)
            {
                ranges[^1] = (ranges[^1].First, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        return string.Join(',', ranges.Select(range =>
            range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"));
    }
}
