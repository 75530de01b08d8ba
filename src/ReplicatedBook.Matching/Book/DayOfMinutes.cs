namespace ReplicatedBook.Matching.Book;

/// <summary>The last day of one instrument by minute; minutes without a trade take no place.</summary>
internal sealed class DayOfMinutes
{
    /// <summary>Microseconds of a minute.</summary>
    public const long Minute = 60_000_000;

    /// <summary>Minutes of a day.</summary>
    public const int MinutesOfDay = 1_440;

    // One more than a day, so that the minute that has begun does not push out one that still counts.
    private const int MaxBuckets = MinutesOfDay + 1;

    private MinuteBucket[] _buckets = new MinuteBucket[2];
    private int _start;
    private int _last; // Place of the minute added last,
    private long _begin = -Minute; // and when it began.

    /// <summary>Minutes with trades.</summary>
    public int Count { get; private set; }

    /// <summary>A minute with trades, the oldest first.</summary>
    public ref MinuteBucket this[int position] => ref _buckets[(_start + position) & (_buckets.Length - 1)];

    /// <summary>Counts trades of one moment whose prices go one way.</summary>
    /// <param name="at">When.</param>
    /// <param name="first">Price of the first.</param>
    /// <param name="last">Price of the last.</param>
    /// <param name="lots">Lots of all.</param>
    public void Record(long at, long first, long last, long lots)
    {
        var (high, low) = (Math.Max(first, last), Math.Min(first, last));
        if ((ulong)(at - _begin) >= Minute)
        {
            Add(new MinuteBucket { Minute = at / Minute, Open = first, High = high, Low = low, Volume = lots });
            return;
        }

        ref var bucket = ref _buckets[_last];
        bucket.High = Math.Max(bucket.High, high);
        bucket.Low = Math.Min(bucket.Low, low);
        bucket.Volume = AddSaturated(bucket.Volume, lots);
    }

    /// <summary>Adds a later minute, and forgets those that are more than a day older.</summary>
    public void Add(in MinuteBucket bucket)
    {
        while (Count > 0 && this[0].Minute <= bucket.Minute - MaxBuckets)
        {
            _start = (_start + 1) & (_buckets.Length - 1);
            Count--;
        }

        if (Count == _buckets.Length)
        {
            var old = _buckets;
            _buckets = new MinuteBucket[old.Length * 2];
            for (var i = 0; i < Count; i++)
            {
                _buckets[i] = old[(_start + i) & (old.Length - 1)];
            }

            _start = 0;
        }

        Count++;
        _last = (_start + Count - 1) & (_buckets.Length - 1);
        _begin = bucket.Minute * Minute;
        _buckets[_last] = bucket;
    }

    /// <summary>A copy that does not change with it.</summary>
    public DayOfMinutes Copy()
    {
        var copy = (DayOfMinutes)MemberwiseClone();
        copy._buckets = [.. _buckets];
        return copy;
    }

    /// <summary>The sum, or the largest 64-bit number when that is less.</summary>
    public static long AddSaturated(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;
}
