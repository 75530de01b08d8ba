using System.Collections.Concurrent;

namespace ReplicatedBook.Node.Security.Rates;

/// <summary>The buckets of one class of requests, by source, of a bounded number. Safe from any thread.</summary>
/// <param name="quota">How many requests one source may make in a window.</param>
/// <param name="window">How long a window is.</param>
/// <param name="maxSources">How many sources have a bucket of their own at once; further ones share one.</param>
internal sealed class RateTable(int quota, TimeSpan window, int maxSources)
{
    private readonly ConcurrentDictionary<RateSource, RateBucket> _buckets = new();
    private readonly RateBucket _shared = new();
    private readonly Lock _sweeping = new();
    private int _count;
    private long _sweptAt = long.MinValue;

    /// <summary>How many sources have a bucket.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a request of a source if that is within its limit.</summary>
    /// <param name="source">Whose.</param>
    /// <param name="now">In ticks of a clock that does not go back.</param>
    public RateVerdict Take(RateSource source, long now) => BucketOf(source, now).Take(now, window.Ticks, quota);

    private RateBucket BucketOf(RateSource source, long now)
    {
        if (_buckets.TryGetValue(source, out var known))
        {
            return known;
        }

        if (Count >= maxSources)
        {
            Sweep(now);
        }

        if (Count >= maxSources)
        {
            return _shared;
        }

        var bucket = new RateBucket();
        if (_buckets.TryAdd(source, bucket))
        {
            Interlocked.Increment(ref _count);
            return bucket;
        }

        return _buckets.GetValueOrDefault(source, bucket);
    }

    /// <summary>Forgets the sources that have all their tokens again: nothing is lost with them.</summary>
    /// <remarks>Once in a window, by one thread: within it hardly any would be found.</remarks>
    private void Sweep(long now)
    {
        if (!_sweeping.TryEnter())
        {
            return;
        }

        try
        {
            if (_sweptAt > now - window.Ticks)
            {
                return;
            }

            _sweptAt = now;
            foreach (var (source, bucket) in _buckets)
            {
                if (bucket.IsFull(now) && _buckets.TryRemove(source, out _))
                {
                    Interlocked.Decrement(ref _count);
                }
            }
        }
        finally
        {
            _sweeping.Exit();
        }
    }
}
