using System.Diagnostics;

namespace ReplicatedBook.Benchmarks.Cluster.Wire;

/// <summary>Counts the answers of one load; those within the measured time for the figures, all of them for the
/// check.</summary>
internal sealed class WireTally
{
    private readonly long _from;
    private readonly long _until;
    private readonly CpuClock _processes;
    private readonly LatencyHistogram _latency = new();
    private readonly LatencyHistogram _refusals = new();
    private TimeSpan? _cpuAtStart;
    private TimeSpan _cpuAtEnd;
    private long _done;
    private long _failed;
    private long _allDone;

    public WireTally(TimeSpan warmUp, TimeSpan measured, CpuClock processes)
    {
        _processes = processes;
        _from = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        _until = _from + (long)(measured.TotalSeconds * Stopwatch.Frequency);
    }

    /// <summary>Whether the measured time is over.</summary>
    public bool IsOver { get; private set; }

    /// <summary>To be called often: notes the processor time when the measured time begins and ends.</summary>
    public void Look()
    {
        var now = Stopwatch.GetTimestamp();
        if (_cpuAtStart is null && now >= _from)
        {
            _cpuAtStart = _processes.Read();
        }

        if (!IsOver && now >= _until)
        {
            _cpuAtEnd = _processes.Read();
            IsOver = true;
        }
    }

    /// <summary>Counts an answer.</summary>
    /// <param name="answer">What it says.</param>
    /// <param name="since">When its request was due; as <see cref="Stopwatch.GetTimestamp"/>, like all times
    /// here.</param>
    /// <param name="sentAt">When it was sent.</param>
    /// <param name="now">When the answer came.</param>
    public void Count(WireAnswer answer, long since, long sentAt, long now)
    {
        _allDone += answer.Done;
        if (now < _from || now > _until)
        {
            return;
        }

        switch (answer.Kind)
        {
            case WireOutcome.Done:
                _done += answer.Done;
                _latency.Add(Stopwatch.GetElapsedTime(since, now));
                break;
            case WireOutcome.Overloaded:
                _refusals.Add(Stopwatch.GetElapsedTime(sentAt, now));
                break;
            default:
                _failed++;
                break;
        }
    }

    public LoadResult ToResult() => new()
    {
        Done = _done,
        AllDone = _allDone,
        Failed = _failed,
        Took = Stopwatch.GetElapsedTime(_from, _until),
        Latency = _latency,
        Refusals = _refusals,
        Cpu = _cpuAtEnd - (_cpuAtStart ?? _cpuAtEnd),
    };
}
