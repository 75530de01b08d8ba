using ReplicatedBook.Node.Options;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary>What channels share that follow anything but a book's changes.</summary>
internal sealed class FollowedTopics(
    MarketPump pump, EventHistory history, MarketWait wait, MarketDataMeter meter, NodeSettings settings)
{
    /// <summary>Counts overruns.</summary>
    public MarketDataMeter Meter => meter;

    /// <summary>How to wait.</summary>
    public MarketWait Wait => wait;

    /// <summary>Follows a topic that is told by its number.</summary>
    public ValueTask<Lease<EntryTopic>> FollowAsync(TopicKind kind, long number, CancellationToken cancellation)
    {
        var key = new TopicKey(kind, number);
        return pump.FollowAsync(key, () => new EntryTopic(key, settings.Feed.MaxFollowedBytes), cancellation);
    }

    /// <summary>A reader of a topic's entries.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="position">The last index that it has.</param>
    public EntryReader ReaderOf(EntryTopic topic, long position) => new(topic, history, position, wait.Time);

    /// <summary>Waits for what is new, unless there was something.</summary>
    public async ValueTask GoOnAsync(Topic topic, bool hadSome, Task next, CancellationToken cancellation)
    {
        if (hadSome)
        {
            wait.Check(topic);
            cancellation.ThrowIfCancellationRequested();
        }
        else
        {
            await wait.ForAsync(topic, next, cancellation);
        }
    }
}
