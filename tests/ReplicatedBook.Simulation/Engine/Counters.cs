namespace ReplicatedBook.Simulation.Engine;

/// <summary>How often each of <see cref="Sometimes"/> happened.</summary>
internal sealed class Counters
{
    private readonly long[] _counts = new long[Enum.GetValues<Sometimes>().Length];

    /// <summary>How often it happened.</summary>
    public long this[Sometimes what] => _counts[(int)what];

    /// <summary>It happened once more, or so many times.</summary>
    public void Count(Sometimes what, long times = 1) => _counts[(int)what] += times;

    /// <summary>Adds another run's counts.</summary>
    public void Add(Counters other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>What never happened.</summary>
    public IReadOnlyList<Sometimes> Missing => [.. Enum.GetValues<Sometimes>().Where(what => this[what] == 0)];
}
