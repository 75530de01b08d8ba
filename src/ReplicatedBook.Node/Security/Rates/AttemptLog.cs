namespace ReplicatedBook.Node.Security.Rates;

/// <summary>When who tried lately: so many attempts in any window, of a bounded number of sources. Not safe from
/// several threads.</summary>
/// <typeparam name="TSource">Who.</typeparam>
/// <param name="quota">Attempts that one source may make within any window.</param>
/// <param name="window">How long, in ticks.</param>
/// <param name="maxSources">How many are remembered; for one more the one whose last attempt is oldest is
/// forgotten.</param>
internal sealed class AttemptLog<TSource>(int quota, long window, int maxSources)
    where TSource : notnull
{
    private readonly Dictionary<TSource, LinkedListNode<(TSource Source, Queue<long> Times)>> _bySource = [];
    private readonly LinkedList<(TSource Source, Queue<long> Times)> _byLastAttempt = [];

    /// <summary>How many are remembered.</summary>
    public int Count => _bySource.Count;

    /// <summary>How long a source has to wait; 0 when it may try now.</summary>
    public long WaitOf(TSource source, long now)
    {
        if (!_bySource.TryGetValue(source, out var node))
        {
            return 0;
        }

        var times = node.Value.Times;
        while (times.TryPeek(out var oldest) && oldest <= now - window)
        {
            times.Dequeue();
        }

        return times.Count < quota ? 0 : times.Peek() + window - now;
    }

    /// <summary>Notes an attempt.</summary>
    public void Add(TSource source, long now)
    {
        ForgetOld(now);
        if (_bySource.TryGetValue(source, out var node))
        {
            _byLastAttempt.Remove(node);
        }
        else
        {
            if (Count >= maxSources)
            {
                Forget(_byLastAttempt.First!);
            }

            node = new LinkedListNode<(TSource Source, Queue<long> Times)>((source, new Queue<long>(quota)));
            _bySource.Add(source, node);
        }

        node.Value.Times.Enqueue(now);
        _byLastAttempt.AddLast(node);
    }

    /// <summary>Takes back one attempt of a source, if any is still held.</summary>
    public void TakeBack(TSource source)
    {
        if (_bySource.TryGetValue(source, out var node))
        {
            node.Value.Times.TryDequeue(out _);
        }
    }

    private void ForgetOld(long now)
    {
        while (_byLastAttempt.First is { } first
            && (first.Value.Times.Count == 0 || first.Value.Times.Last() <= now - window))
        {
            Forget(first);
        }
    }

    private void Forget(LinkedListNode<(TSource Source, Queue<long> Times)> node)
    {
        _byLastAttempt.Remove(node);
        _bySource.Remove(node.Value.Source);
    }
}
