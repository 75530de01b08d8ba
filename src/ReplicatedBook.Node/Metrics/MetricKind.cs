namespace ReplicatedBook.Node.Metrics;

/// <summary>Types of the text format.</summary>
internal enum MetricKind
{
    /// <summary>Only rises, until the process ends.</summary>
    Counter,

    /// <summary>Rises and falls.</summary>
    Gauge,

    /// <summary>Observations in buckets.</summary>
    Histogram,
}
