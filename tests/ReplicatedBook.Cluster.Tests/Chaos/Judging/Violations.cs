namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>Promises that were found broken. Safe from any thread.</summary>
internal sealed class Violations
{
    private const int MostKept = 20;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, (int Count, List<string> Some)> _found = new(StringComparer.Ordinal);

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _found.Count == 0;
            }
        }
    }

    /// <summary>Names of the broken promises, in order.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_gate)
            {
                return [.. _found.Keys];
            }
        }
    }

    /// <summary>How often a promise was found broken.</summary>
    public int this[string promise]
    {
        get
        {
            lock (_gate)
            {
                return _found.TryGetValue(promise, out var found) ? found.Count : 0;
            }
        }
    }

    /// <summary>Notes one.</summary>
    /// <param name="promise">Which promise, in a word.</param>
    /// <param name="what">What was seen.</param>
    public void Add(string promise, string what)
    {
        lock (_gate)
        {
            var (count, some) = _found.GetValueOrDefault(promise, (0, []));
            if (count < MostKept)
            {
                some.Add(what);
            }

            _found[promise] = (count + 1, some);
        }
    }

    /// <summary>Notes one unless something holds.</summary>
    public void Require(bool holds, string promise, Func<string> what)
    {
        if (!holds)
        {
            Add(promise, what());
        }
    }

    /// <summary>All of them as lines; the first of each kind in full.</summary>
    public IEnumerable<string> Lines()
    {
        lock (_gate)
        {
            return [.. _found.SelectMany(item => item.Value.Some
                .Select(what => $"  {item.Key}: {what}")
                .Append($"  {item.Key}: {item.Value.Count} in all"))];
        }
    }
}
