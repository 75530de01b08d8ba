using System.Collections.Concurrent;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary>The entries that concern something.</summary>
/// <param name="key">What.</param>
/// <param name="maxBytes">Most bytes of events kept.</param>
internal class EntryTopic(TopicKey key, long maxBytes) : Topic(key)
{
    private const int EntryBytes = 64; // What an entry takes beside its events.

    private readonly ConcurrentDictionary<string, SharedState> _states = new(StringComparer.Ordinal);
    private long _lastIndex;

    /// <summary>The last of them.</summary>
    public ChangeRing<FeedEntry> Entries { get; } = new(maxBytes);

    /// <summary>The last entry that was added; 0 before the first.</summary>
    public long LastIndex => Volatile.Read(ref _lastIndex);

    /// <inheritdoc/>
    public override ValueTask StartAsync(long position)
    {
        Entries.StartAfter(position);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override void MoveTo(long position) => Entries.MoveTo(position);

    /// <summary>A state that followers of this topic read together.</summary>
    /// <param name="name">Which: one of few.</param>
    /// <param name="read">Reads it.</param>
    public SharedState Shared(string name, Func<CancellationToken, ValueTask<StateReading>> read) =>
        _states.GetOrAdd(name, static (_, how) => new SharedState(how), read);

    /// <summary>Adds an entry, once.</summary>
    public void Add(in FeedEntry entry)
    {
        if (_lastIndex != entry.Index)
        {
            IsNoted = true;
            Entries.Add(entry.Index, entry.Events.Length + EntryBytes, entry);
            Volatile.Write(ref _lastIndex, entry.Index);
        }
    }
}
