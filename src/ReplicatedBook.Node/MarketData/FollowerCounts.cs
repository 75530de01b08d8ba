using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace ReplicatedBook.Node.MarketData;

/// <summary>How many follow something, by transport. Safe from any thread.</summary>
internal sealed class FollowerCounts
{
    private readonly ConcurrentDictionary<string, StrongBox<int>> _open = new(StringComparer.Ordinal);

    /// <summary>Somebody begins to follow something; the result is to be disposed at the end.</summary>
    /// <param name="transport">A word that the program chose.</param>
    public IDisposable Enter(string transport)
    {
        var count = _open.GetOrAdd(transport, static _ => new StrongBox<int>());
        Interlocked.Increment(ref count.Value);
        return new Exit(count);
    }

    /// <summary>The counts of every transport that was ever used.</summary>
    public IEnumerable<Measurement<long>> Measure() => _open.Select(pair => new Measurement<long>(
        Volatile.Read(ref pair.Value.Value), new KeyValuePair<string, object?>("transport", pair.Key)));

    private sealed class Exit(StrongBox<int> count) : IDisposable
    {
        private int _isGone;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGone, 1) == 0)
            {
                Interlocked.Decrement(ref count.Value);
            }
        }
    }
}
