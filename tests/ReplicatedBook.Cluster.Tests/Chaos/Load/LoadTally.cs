namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>Counts of what clients met, for progress and reports. Safe from any thread.</summary>
internal sealed class LoadTally
{
    private readonly Lock _gate = new();
    private readonly List<(long Since, TaskCompletionSource<long> Done)> _waiters = [];
    private long _acknowledged;
    private long _refused;
    private long _notExecuted;
    private long _unknown;
    private long _reads;
    private long _repeats;

    /// <summary>Writes acknowledged as done.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Writes refused by the exchange.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Writes that surely have no effect.</summary>
    public long NotExecuted => Interlocked.Read(ref _notExecuted);

    /// <summary>Writes whose outcome the client did not learn at first.</summary>
    public long Unknown => Interlocked.Read(ref _unknown);

    /// <summary>Reads that were answered.</summary>
    public long Reads => Interlocked.Read(ref _reads);

    /// <summary>Answered writes that were sent again on purpose and answered again.</summary>
    public long Repeats => Interlocked.Read(ref _repeats);

    /// <summary>Ends with the first acknowledgement of a write that began at or after a moment; tells when that
    /// was.</summary>
    public Task<long> AcknowledgedAfterAsync(long moment)
    {
        var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiters.Add((moment, done));
        }

        return done.Task;
    }

    public void CountRepeat() => Interlocked.Increment(ref _repeats);

    public void Count(ClientOperation operation)
    {
        if (operation.Request.IsRead)
        {
            Interlocked.Increment(ref _reads);
            return;
        }

        switch (operation.Ending)
        {
            case Simulation.Histories.Ending.NotExecuted: Interlocked.Increment(ref _notExecuted); break;
            case Simulation.Histories.Ending.Unknown: Interlocked.Increment(ref _unknown); break;
            case var _ when operation.IsAcknowledged:
                Interlocked.Increment(ref _acknowledged);
                Tell(operation.Begun, operation.Ended);
                break;
            default: Interlocked.Increment(ref _refused); break;
        }
    }

    private void Tell(long begun, long ended)
    {
        lock (_gate)
        {
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (begun >= _waiters[i].Since)
                {
                    _waiters[i].Done.TrySetResult(ended);
                    _waiters.RemoveAt(i);
                }
            }
        }
    }
}
