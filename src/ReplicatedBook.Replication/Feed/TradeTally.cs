using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication.Feed;

/// <summary>How many trades of each instrument were applied here since the process began; one writer, readers on any
/// thread.</summary>
/// <remarks>No part of the state: trades that a snapshot brought are not in it, and a restart begins at zero.</remarks>
public sealed class TradeTally
{
    private long[] _counts = new long[16];

    /// <summary>Trades of an instrument.</summary>
    public long Of(InstrumentId instrument)
    {
        var counts = Volatile.Read(ref _counts);
        return instrument.Value < counts.Length ? Volatile.Read(ref counts[instrument.Value]) : 0;
    }

    /// <summary>Counts one.</summary>
    internal void Count(InstrumentId instrument)
    {
        if (instrument.Value >= _counts.Length)
        {
            var larger = new long[Math.Max(2 * _counts.Length, instrument.Value + 1)];
            _counts.CopyTo(larger, 0);
            Volatile.Write(ref _counts, larger);
        }

        _counts[instrument.Value]++;
    }
}
