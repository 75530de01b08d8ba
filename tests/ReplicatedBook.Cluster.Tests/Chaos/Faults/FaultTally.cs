using System.Globalization;

namespace ReplicatedBook.Cluster.Tests.Chaos.Faults;

/// <summary>What was done to the cluster and how it fared. One writer.</summary>
internal sealed class FaultTally
{
    private readonly SortedDictionary<FaultKind, int> _counts = [];
    private readonly SortedDictionary<string, int> _notes = new(StringComparer.Ordinal);
    private readonly List<double> _failovers = [];
    private readonly List<double> _transfers = [];
    private readonly List<double> _recoveries = [];

    /// <summary>Faults in all.</summary>
    public int Total => _counts.Values.Sum();

    /// <summary>How often a fault was made.</summary>
    public int this[FaultKind kind] => _counts.GetValueOrDefault(kind);

    /// <summary>Milliseconds from each fault of a leader to the next write that began after it and was
    /// acknowledged.</summary>
    public IReadOnlyList<double> Failovers => _failovers;

    public void Count(FaultKind kind) => _counts[kind] = this[kind] + 1;

    /// <summary>Notes something worth telling, such as a damage that was not repaired.</summary>
    public void Note(string what) => _notes[what] = _notes.GetValueOrDefault(what) + 1;

    public void AddFailover(double milliseconds) => _failovers.Add(milliseconds);

    public void AddTransfer(double milliseconds) => _transfers.Add(milliseconds);

    /// <summary>Adds the time from the end of a fault until all nodes were ready and writes went on.</summary>
    public void AddRecovery(double milliseconds) => _recoveries.Add(milliseconds);

    /// <summary>The tally as lines.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var (kind, count) in _counts)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {kind,-18} {count,6}");
        }

        foreach (var (what, count) in _notes)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {what}: {count}");
        }

        yield return $"  failover: {Describe(_failovers)}";
        yield return $"  transfer: {Describe(_transfers)}";
        yield return $"  all ready after healing: {Describe(_recoveries)}";
    }

    /// <summary>Median, 99th percentile and worst.</summary>
    public static string Describe(IReadOnlyList<double> milliseconds)
    {
        if (milliseconds.Count == 0)
        {
            return "none";
        }

        var sorted = milliseconds.Order().ToArray();
        var at99 = Math.Min(sorted.Length - 1, (int)Math.Ceiling(sorted.Length * 0.99) - 1);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sorted.Length} times, median {sorted[sorted.Length / 2]:f0} ms, p99 {sorted[at99]:f0} ms, "
            + $"worst {sorted[^1]:f0} ms");
    }
}
