namespace ReplicatedBook.Replication;

/// <summary>Ends many waits at once without running what follows them on the calling thread: a few work items of the
/// pool take them one by one, instead of one work item, and one thread woken, for each.</summary>
/// <remarks>A wait whose continuation is long holds up no other while a second work item is there to take them.
/// One owner; collected with <see cref="Add"/>, handed over with <see cref="Dispatch"/>.</remarks>
/// <param name="around">Called with what one work item does, to run it; null to run it as it is.</param>
public sealed class Completions(Action<Action>? around = null)
{
    /// <summary>Waits per work item; few enough that a turn's answers are written by all cores, many enough that
    /// waking a thread is paid once for several.</summary>
    private const int PerWorkItem = 16;

    private List<Action> _collected = [];

    /// <summary>Collects the end of a wait.</summary>
    /// <param name="end">Completes one source; must not throw.</param>
    public void Add(Action end) => _collected.Add(end);

    /// <summary>Hands all that was collected to the pool.</summary>
    public void Dispatch()
    {
        if (_collected.Count == 0)
        {
            return;
        }

        var batch = new Batch(_collected, around);
        _collected = [];
        for (var left = batch.Count; left > 0; left -= PerWorkItem)
        {
            ThreadPool.UnsafeQueueUserWorkItem(batch, preferLocal: false);
        }
    }

    private sealed class Batch(List<Action> ends, Action<Action>? around) : IThreadPoolWorkItem
    {
        private int _next;

        public int Count => ends.Count;

        public void Execute()
        {
            if (around is null)
            {
                End();
            }
            else
            {
                around(End);
            }
        }

        private void End()
        {
            while (Interlocked.Increment(ref _next) - 1 is var position && position < ends.Count)
            {
                ends[position]();
            }
        }
    }
}
