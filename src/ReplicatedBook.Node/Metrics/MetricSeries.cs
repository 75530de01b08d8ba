namespace ReplicatedBook.Node.Metrics;

/// <summary>One set of label values of a family: a number, or a histogram. Safe from any thread.</summary>
internal sealed class MetricSeries
{
    // Sums of histograms are kept as whole billionths, so that one atomic addition is enough.
    private const double Billion = 1e9;

    private readonly double[] _bounds;
    private readonly long[] _buckets;
    private long _sum;
    private double _value;

    /// <summary>A series at zero.</summary>
    /// <param name="values">Label values, in the order in which they are measured.</param>
    /// <param name="labels">The labels as text, without braces; empty when there are none.</param>
    /// <param name="bounds">Upper bounds of a histogram's buckets, rising; empty for a number.</param>
    public MetricSeries(object?[] values, string labels, double[] bounds)
    {
        Values = values;
        Labels = labels;
        _bounds = bounds;
        _buckets = bounds.Length == 0 ? [] : new long[bounds.Length + 1];
    }

    public object?[] Values { get; }

    public string Labels { get; }

    /// <summary>The next series of the same bucket in the family's table.</summary>
    public MetricSeries? Next { get; init; }

    /// <summary>Whether an observed series was seen in this scrape; others are not shown.</summary>
    public bool IsSeen { get; set; } = true;

    public double Value => Volatile.Read(ref _value);

    /// <summary>Counts one observation.</summary>
    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < _bounds.Length && value > _bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Add(ref _sum, (long)(value * Billion));
    }

    /// <summary>Adds to a number.</summary>
    public void Add(double value)
    {
        var seen = Volatile.Read(ref _value);
        while (true)
        {
            var found = Interlocked.CompareExchange(ref _value, seen + value, seen);
            if (found.Equals(seen))
            {
                return;
            }

            seen = found;
        }
    }

    /// <summary>Replaces a number.</summary>
    public void Set(double value) => Volatile.Write(ref _value, value);

    /// <summary>Observations up to each bound, then all of them; and their sum.</summary>
    public (long[] Cumulative, double Sum) Read()
    {
        var cumulative = new long[_buckets.Length];
        var count = 0L;
        for (var i = 0; i < cumulative.Length; i++)
        {
            count += Volatile.Read(ref _buckets[i]);
            cumulative[i] = count;
        }

        return (cumulative, Volatile.Read(ref _sum) / Billion);
    }
}
