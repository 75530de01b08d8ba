using System.Numerics;
using System.Runtime.CompilerServices;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Where a matcher writes its reports: the oldest are written over, unless somebody takes them in
/// time.</summary>
internal sealed class ReportRing
{
    /// <summary>Reports kept while speed is measured: what a reader would be behind at most.</summary>
    public const int UsualCapacity = 1 << 12;

    private readonly Report[] _reports;
    private long _taken;

    /// <summary>An empty ring.</summary>
    /// <param name="capacity">A power of two.</param>
    public ReportRing(int capacity)
    {
        if (!BitOperations.IsPow2(capacity))
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "not a power of two");
        }

        _reports = new Report[capacity];
    }

    /// <summary>Reports written so far.</summary>
    public long Count { get; private set; }

    /// <summary>The next report, to be written; its fields are left over from an older one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Report Next() => ref _reports[(int)Count++ & (_reports.Length - 1)];

    /// <summary>Writes a report about one order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReportKind kind, bool isBuy, long sequence, long order, long price, long lots)
    {
        ref var report = ref Next();
        report.Kind = kind;
        report.IsBuy = isBuy;
        report.Lots = (uint)lots;
        report.Sequence = sequence;
        report.Order = order;
        report.Price = price;
    }

    /// <summary>Writes a trade.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTrade(long sequence, long maker, long taker, long price, long lots)
    {
        ref var report = ref Next();
        report.Kind = ReportKind.Trade;
        report.Lots = (uint)lots;
        report.Sequence = sequence;
        report.Order = maker;
        report.Price = price;
        report.Taker = taker;
    }

    /// <summary>Passes over all that was not taken yet.</summary>
    public void Skip() => _taken = Count;

    /// <summary>Takes the oldest report that was not taken yet.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="InvalidOperationException">It was written over.</exception>
    public bool TryTake(out Report report)
    {
        if (Count - _taken > _reports.Length)
        {
            throw new InvalidOperationException("reports were written over before they were taken");
        }

        var isThere = _taken < Count;
        report = isThere ? _reports[(int)_taken++ & (_reports.Length - 1)] : default;
        return isThere;
    }
}
