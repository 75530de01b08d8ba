namespace ReplicatedBook.Node.MarketData;

/// <summary>The last steps of something, in order of log index, up to a limit of their weight; the oldest go first. One
/// writer; readers on any thread, each at its own place.</summary>
/// <typeparam name="T">A step.</typeparam>
/// <param name="maxWeight">Most of all weights together.</param>
internal sealed class ChangeRing<T>(long maxWeight)
{
    private readonly Lock _gate = new();
    private readonly Deque<(long Index, long Weight, T Step)> _steps = new();
    private long _weight;
    private long _completeAfter = long.MaxValue;
    private long _head;

    /// <summary>Last index that is taken account of; 0 before the first start.</summary>
    public long Head
    {
        get
        {
            lock (_gate)
            {
                return _head;
            }
        }
    }

    /// <summary>Every step after this index is kept.</summary>
    public long CompleteAfter
    {
        get
        {
            lock (_gate)
            {
                return _completeAfter;
            }
        }
    }

    /// <summary>Forgets all and begins behind an index.</summary>
    public void StartAfter(long index)
    {
        lock (_gate)
        {
            _steps.Clear();
            _weight = 0;
            (_completeAfter, _head) = (index, index);
        }
    }

    /// <summary>Adds a step behind all others.</summary>
    public void Add(long index, long weight, T step)
    {
        lock (_gate)
        {
            _steps.AddLast((index, weight, step));
            _weight += weight;
            _head = index;
            while (_weight > maxWeight)
            {
                var (dropped, its, _) = _steps.RemoveFirst();
                _weight -= its;
                _completeAfter = dropped;
            }
        }
    }

    /// <summary>Up to this index there is nothing more.</summary>
    public void MoveTo(long index)
    {
        lock (_gate)
        {
            _head = Math.Max(_head, index);
        }
    }

    /// <summary>Gives the steps after an index.</summary>
    /// <param name="after">The index.</param>
    /// <param name="max">Most of them.</param>
    /// <param name="steps">Is filled.</param>
    /// <param name="upTo">The index up to which these are all there are.</param>
    /// <returns>False when some of them are no longer, or not yet, kept.</returns>
    public bool TryRead(long after, int max, List<T> steps, out long upTo)
    {
        lock (_gate)
        {
            upTo = after;
            if (after < _completeAfter)
            {
                return false;
            }

            for (var place = Find(after); place < _steps.Count; place++)
            {
                if (steps.Count == max)
                {
                    return true;
                }

                var (index, _, step) = _steps[place];
                steps.Add(step);
                upTo = index;
            }

            upTo = Math.Max(after, _head);
            return true;
        }
    }

    /// <summary>Place of the first step after an index.</summary>
    private int Find(long after)
    {
        int low = 0, high = _steps.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _steps[middle].Index <= after ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
