using System.Numerics;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>Counts times in buckets that are at most 1/32 wide of their value: fixed memory, and percentiles that are
/// right to about 3 %. One thread each; merged at the end.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int Sub = 1 << SubBits;

    private readonly long[] _counts = new long[Sub * (64 - SubBits)];

    public long Count { get; private set; }

    /// <summary>Longest time seen.</summary>
    public TimeSpan Max { get; private set; }

    public void Add(TimeSpan time)
    {
        _counts[BucketOf(Math.Max(0, time.Ticks))]++;
        Count++;
        Max = time > Max ? time : Max;
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        Max = other.Max > Max ? other.Max : Max;
    }

    /// <summary>The time that the given share of all times does not exceed; the upper end of its bucket.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public TimeSpan Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(share * Count);
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted && seen > 0)
            {
                var end = TimeSpan.FromTicks(EndOf(i));
                return end < Max ? end : Max;
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>Below 64: one bucket per value. Above: the leading bit chooses the row, the next five the bucket in
    /// it.</summary>
    private static int BucketOf(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - SubBits);
        return (shift * Sub) + (int)(value >> shift);
    }

    private static long EndOf(int bucket)
    {
        var shift = Math.Max(0, (bucket / Sub) - 1);
        return ((long)(bucket - (shift * Sub) + 1) << shift) - 1;
    }
}
