namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>What the command line asks for.</summary>
internal sealed record MatchingOptions
{
    /// <summary>Operations of a workload when there is little time.</summary>
    public const int QuickOperations = 100_000;

    /// <summary>Fewer operations and passes, within about 20 seconds.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Only rows that contain one of these; all when there is none.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Length of every workload.</summary>
    public int Operations => IsQuick ? QuickOperations : 2_000_000;

    /// <summary>Closed orders kept by the exchanges, so that their history is soon full.</summary>
    public int History => IsQuick ? 50_000 : WarmExchange.UsualHistory;

    /// <summary>Measured passes.</summary>
    public int Passes => IsQuick ? 3 : 5;

    /// <summary>Passes before them at most.</summary>
    public int WarmUps => IsQuick ? 4 : 5;

    /// <summary>Whether a row is asked for.</summary>
    public bool Wants(string row) =>
        Only.Count == 0 || Only.Any(part => row.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">They are not understood; the message says which and why.</exception>
    public static MatchingOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new MatchingOptions();
        while (arguments.Length > 0)
        {
            switch (arguments)
            {
                case ["--quick", ..]:
                    options = options with { IsQuick = true };
                    arguments = arguments[1..];
                    break;
                case ["--only", var parts, ..]:
                    options = options with { Only = [.. options.Only, .. parts.Split(',')] };
                    arguments = arguments[2..];
                    break;
                case ["--only"]:
                    throw new ArgumentException("--only: a value is missing");
                default:
                    throw new ArgumentException($"{arguments[0]}: unknown option");
            }
        }

        return options;
    }
}
