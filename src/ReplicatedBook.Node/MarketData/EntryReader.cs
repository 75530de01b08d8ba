using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary>One reader's way through the entries that concern a topic: through the topic where it has them, else
/// through the feed, where all others are in between.</summary>
/// <param name="topic">The topic.</param>
/// <param name="history">The feed.</param>
/// <param name="position">The last index that the reader has.</param>
/// <param name="time">For pauses.</param>
internal sealed class EntryReader(EntryTopic topic, EventHistory history, long position, TimeProvider time)
{
    private const int EntriesAtOnce = 64;

    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(50);

    private readonly List<FeedEntry> _entries = [];

    /// <summary>The last index that was looked at.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Reads on.</summary>
    /// <returns>Entries, of which some may not concern the topic; the same list each time. Null when the feed does not
    /// reach back that far any more.</returns>
    public async ValueTask<IReadOnlyList<FeedEntry>?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            _entries.Clear();
            if (topic.Entries.TryRead(Position, EntriesAtOnce, _entries, out var upTo))
            {
                Position = upTo;
                return _entries;
            }

            var reading = await history.ReadAsync(Position + 1, EntriesAtOnce, cancellation);
            if (reading.Page is { } page)
            {
                Position = Math.Max(Position, page.NextIndex - 1);
                if (page.Entries.Count > 0)
                {
                    return page.Entries;
                }

                // All that the feed has was looked at; the topic goes on from there.
                if (!topic.Entries.TryRead(Position, 0, _entries, out _))
                {
                    return _entries;
                }
            }
            else if (!reading.IsBusy)
            {
                return null;
            }
            else
            {
                await Task.Delay(BusyPause, time, cancellation);
            }
        }
    }
}
