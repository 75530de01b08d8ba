namespace ReplicatedBook.Simulation.Engine;

/// <summary>What happened, as a running hash over all of it and as text of the last events.</summary>
internal sealed class Trace(Scheduler scheduler)
{
    private const int Kept = 64;
    private readonly TraceItem[] _last = new TraceItem[Kept];
    private long _count;

    /// <summary>Equal for equal runs (FNV-1a over 64-bit words, with a final shift per word).</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>Notes an event; see <see cref="TraceItem"/>.</summary>
    public void Note(TraceKind kind, int node, long a = 0, long b = 0, object? detail = null)
    {
        _last[_count++ % Kept] = new TraceItem(scheduler.Now, kind, node, a, b, detail);
        Add((ulong)scheduler.Now);
        Add((ulong)kind | ((ulong)node << 8));
        Add((ulong)a);
        Add((ulong)b);
    }

    /// <summary>The last events, oldest first.</summary>
    public IReadOnlyList<string> Last(int count)
    {
        var first = Math.Max(0, _count - Math.Min(count, Kept));
        return [.. Enumerable.Range(0, (int)(_count - first)).Select(i => _last[(first + i) % Kept].ToString())];
    }

    private void Add(ulong word)
    {
        var hash = (Hash ^ word) * 1099511628211;
        Hash = hash ^ (hash >> 29);
    }
}
