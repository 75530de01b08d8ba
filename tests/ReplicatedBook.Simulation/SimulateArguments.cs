using System.Globalization;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation;

/// <summary>What the program was asked to do.</summary>
internal sealed record SimulateArguments
{
    /// <summary>How they are written.</summary>
    public const string Usage = "simulate [--seeds <how many, default 200>] [--seed <first, default drawn>] "
        + "[--seconds <virtual time with faults, default 60>] [--trace (print each seed's trace hash)] "
        + "[--defect <a mistake of the host, to see it found>] "
        + "[--focus <kinds of faults that every seed has, with commas>] [--among <kinds that it may have besides>] "
        + "| simulate --shrink --seed <a failing one> [--write <file for the schedule>] "
        + "| simulate --schedule <file> [--shrink] | simulate --plant <empty folder for a program with all defects> "
        + "| (that program) simulate --planted <folder of the defects> [--only <number>]";

    /// <summary>How many seeds.</summary>
    public int Seeds { get; init; } = 200;

    /// <summary>The first of them.</summary>
    public ulong First { get; init; } = (ulong)Random.Shared.NextInt64(1, 1L << 40);

    /// <summary>Virtual seconds with faults.</summary>
    public int Seconds { get; init; } = SimulateCommand.DefaultSeconds;

    /// <summary>A mistake of the host.</summary>
    public PlantedDefect Defect { get; init; }

    /// <summary>Kinds of faults that every seed has.</summary>
    public FaultClass Focus { get; init; }

    /// <summary>Kinds of faults that a seed may have besides.</summary>
    public FaultClass Among { get; init; } = FaultClass.All;

    /// <summary>Whether each seed's trace hash is printed.</summary>
    public bool PrintsTraces { get; init; }

    /// <summary>Whether a failure is made small.</summary>
    public bool Shrinks { get; init; }

    /// <summary>A schedule to run instead of seeds; null for none.</summary>
    public string? Schedule { get; init; }

    /// <summary>Folder in which the planted program is to be built; null to run as usual.</summary>
    public string? PlantIn { get; init; }

    /// <summary>Folder that describes what is planted in this program; null to run as usual.</summary>
    public string? Planted { get; init; }

    /// <summary>The only planted defect to look for; 0 for all.</summary>
    public int Only { get; init; }

    /// <summary>Where a small schedule is written; null for the console only.</summary>
    public string? WriteTo { get; init; }

    /// <summary>Microseconds with faults.</summary>
    public long FaultTime => Seconds * 1_000_000L;

    /// <summary>Reads arguments; null, with what is wrong, where they cannot be read.</summary>
    public static SimulateArguments? Read(IReadOnlyList<string> arguments, out string? wrong)
    {
        var read = new SimulateArguments();
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            switch (arguments[i])
            {
                case "--seeds" when TryReadCount(value, out var seeds):
                    (read, i) = (read with { Seeds = seeds }, i + 1);
                    break;
                case "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out var first):
                    (read, i) = (read with { First = first }, i + 1);
                    break;
                case "--seconds" when TryReadCount(value, out var seconds):
                    (read, i) = (read with { Seconds = seconds }, i + 1);
                    break;
                case "--defect" when Enum.TryParse<PlantedDefect>(value, out var defect):
                    (read, i) = (read with { Defect = defect }, i + 1);
                    break;
                case "--focus" when Enum.TryParse<FaultClass>(value, out var focus):
                    (read, i) = (read with { Focus = focus }, i + 1);
                    break;
                case "--among" when Enum.TryParse<FaultClass>(value, out var among):
                    (read, i) = (read with { Among = among }, i + 1);
                    break;
                case "--schedule" when value.Length > 0: (read, i) = (read with { Schedule = value }, i + 1); break;
                case "--write" when value.Length > 0: (read, i) = (read with { WriteTo = value }, i + 1); break;
                case "--planted" when value.Length > 0: (read, i) = (read with { Planted = value }, i + 1); break;
                case "--only" when TryReadCount(value, out var only):
                    (read, i) = (read with { Only = only }, i + 1);
                    break;
                case "--plant" when value.Length > 0: (read, i) = (read with { PlantIn = value }, i + 1); break;
                case "--trace": read = read with { PrintsTraces = true }; break;
                case "--shrink": read = read with { Shrinks = true }; break;
                default:
                    wrong = $"cannot read '{arguments[i]} {value}'";
                    return null;
            }
        }

        wrong = null;
        return read;
    }

    private static bool TryReadCount(string text, out int count) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out count) && count > 0;
}
