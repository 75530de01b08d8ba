using System.Globalization;
using System.Reflection;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Simulation.Plan;

/// <summary>A plan as names and values, each on its own, so that a schedule spells out all of it.</summary>
internal static class PlanSettings
{
    private static readonly string[] Parts =
    [
        "", nameof(SimulationPlan.Raft), nameof(SimulationPlan.Replica),
        $"{nameof(SimulationPlan.Replica)}.{nameof(ReplicaOptions.Limits)}", nameof(SimulationPlan.Storage),
    ];

    /// <summary>All settings, as <c>Name=value</c> or <c>Part.Name=value</c>.</summary>
    public static IEnumerable<string> Of(SimulationPlan plan)
    {
        foreach (var part in Parts)
        {
            var holder = Find(plan, part);
            foreach (var property in SettingsOf(holder))
            {
                var name = part.Length == 0 ? property.Name : $"{part}.{property.Name}";
                yield return string.Create(CultureInfo.InvariantCulture, $"{name}={property.GetValue(holder)}");
            }
        }
    }

    /// <summary>Changes settings of a plan to what lines say.</summary>
    /// <exception cref="FormatException">A line names no setting, or has no value of its type.</exception>
    public static SimulationPlan Apply(SimulationPlan plan, IEnumerable<string> lines)
    {
        var changed = plan with
        {
            Raft = plan.Raft with { },
            Replica = plan.Replica with { Limits = plan.Replica.Limits with { } },
            Storage = new() { SegmentBytes = plan.Storage.SegmentBytes },
        };
        foreach (var line in lines)
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var (path, value) = equals < 0 ? (line, "") : (line[..equals], line[(equals + 1)..]);
            var dot = path.LastIndexOf('.');
            var part = dot < 0 ? "" : path[..dot];
            var holder = Parts.Contains(part) ? Find(changed, part) : null;
            var property = holder is null ? null : SettingsOf(holder).Find(one => one.Name == path[(dot + 1)..]);
            property = property ?? throw new FormatException($"a plan has no setting '{path}'");
            property.SetValue(holder, Read(property.PropertyType, value));
        }

        return changed;
    }

    private static object Read(Type type, string value) => type.IsEnum
        ? Enum.Parse(type, value)
        : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);

    private static object Find(object holder, string part) =>
        part.Split('.', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(holder, (found, name) => found.GetType().GetProperty(name)!.GetValue(found)!);

    private static List<PropertyInfo> SettingsOf(object holder) =>
    [
        .. holder.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.Name != nameof(SimulationPlan.Defect)
                && (property.PropertyType.IsPrimitive || property.PropertyType.IsEnum)),
    ];
}
