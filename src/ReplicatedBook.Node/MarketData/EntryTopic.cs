using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary>The entries that concern something.</summary>
/// <param name="key">What.</param>
/// <param name="maxBytes">Most bytes of events kept.</param>
internal class EntryTopic(TopicKey key, long maxBytes) : Topic(key)
{
    private const int EntryBytes = 64; // What an entry takes beside its events.

    /// <summary>The last of them.</summary>
    public ChangeRing<FeedEntry> Entries { get; } = new(maxBytes);

    /// <summary>The last entry that was added; the pump's.</summary>
    public long LastIndex { get; private set; }

    /// <inheritdoc/>
    public override ValueTask StartAsync(long position)
    {
        Entries.StartAfter(position);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override void MoveTo(long position) => Entries.MoveTo(position);

    /// <summary>Adds an entry, once.</summary>
    public void Add(in FeedEntry entry)
    {
        if (LastIndex != entry.Index)
        {
            LastIndex = entry.Index;
            IsNoted = true;
            Entries.Add(entry.Index, entry.Events.Length + EntryBytes, entry);
        }
    }
}
