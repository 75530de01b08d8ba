namespace ReplicatedBook.Simulation.Engine;

/// <summary>Virtual time: one heap of events, ordered by time and, at one time, by when they were asked for.</summary>
internal sealed class Scheduler
{
    private readonly PriorityQueue<Action, (long Time, long Sequence)> _events = new();
    private long _sequence;

    /// <summary>Microseconds since the start.</summary>
    public long Now { get; private set; }

    /// <summary>Events run so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Runs an action after a delay in microseconds; 0 is after all that is already due now.</summary>
    public void After(long delay, Action action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delay);
        _events.Enqueue(action, (Now + delay, ++_sequence));
    }

    /// <summary>Runs the next event that is due at <paramref name="until"/> at the latest.</summary>
    /// <returns>False, with the time set to <paramref name="until"/>, when there is none.</returns>
    public bool RunNext(long until)
    {
        if (!_events.TryPeek(out var action, out var key) || key.Time > until)
        {
            Now = Math.Max(Now, until);
            return false;
        }

        _events.Dequeue();
        Now = key.Time;
        Steps++;
        action();
        return true;
    }
}
