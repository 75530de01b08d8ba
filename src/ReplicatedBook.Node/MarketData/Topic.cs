namespace ReplicatedBook.Node.MarketData;

/// <summary>Something that is followed: written by the pump, read by any number of followers.</summary>
/// <param name="key">What.</param>
internal abstract class Topic(TopicKey key)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TopicKey Key => key;

    /// <summary>Pulses when there is something new, and when there will be nothing any more.</summary>
    public Signal Changed { get; } = new();

    /// <summary>Completes when followers may read.</summary>
    public Task Started => _started.Task;

    /// <summary>Why nothing more will come; null while it may.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How many follow it; the pump's, under its lock.</summary>
    public int Followers { get; set; }

    /// <summary>Whether there is something new since followers were woken; the pump's.</summary>
    public bool IsNoted { get; set; }

    /// <summary>Begins, or begins anew, with the state at or after an index.</summary>
    /// <param name="position">All entries after this one will be given.</param>
    public abstract ValueTask StartAsync(long position);

    /// <summary>Up to this index all was given.</summary>
    public abstract void MoveTo(long position);

    /// <summary>Lets followers in.</summary>
    public void Open() => _started.TrySetResult();

    /// <summary>Ends it for all followers.</summary>
    public void Fail(Exception failure)
    {
        Failure = failure;
        if (!_started.TrySetException(failure))
        {
            Changed.Pulse();
        }
        else
        {
            _ = _started.Task.Exception; // Perhaps nobody waits for it any more.
        }
    }
}
