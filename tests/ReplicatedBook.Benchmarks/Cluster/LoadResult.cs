namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>What one load did.</summary>
internal sealed record LoadResult
{
    /// <summary>Operations acknowledged within the measured time.</summary>
    public required long Done { get; init; }

    /// <summary>The same from the first request to the last answer, for comparison with what was applied.</summary>
    public required long AllDone { get; init; }

    /// <summary>Requests that were answered with anything but success or overload.</summary>
    public required long Failed { get; init; }

    /// <summary>Measured time.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Per request that was carried out.</summary>
    public required LatencyHistogram Latency { get; init; }

    /// <summary>Per request that was refused as overloaded.</summary>
    public LatencyHistogram Refusals { get; init; } = new();

    /// <summary>Processor time of the measured processes.</summary>
    public required TimeSpan Cpu { get; init; }

    public double PerSecond => Done / Took.TotalSeconds;

    /// <summary>Processor time per operation in microseconds, all measured processes together.</summary>
    public double CpuMicroseconds => Done == 0 ? 0 : Cpu.TotalMicroseconds / Done;
}
