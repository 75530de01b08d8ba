using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ReplicatedBook.Node.MarketData;

/// <summary>A channel that tells how something is: a snapshot, and then what is different whenever it is, at most ten
/// times a second, as it is at that time. So nobody is overrun, and whoever comes back gets a snapshot.</summary>
/// <param name="follow">Follows what says that it may be different.</param>
/// <param name="read">Reads it, at or after an index.</param>
/// <param name="topics">How to wait.</param>
internal sealed class StateChannel(
    Func<CancellationToken, ValueTask<Lease<EntryTopic>>> follow,
    Func<EntryTopic, long, CancellationToken, ValueTask<StateReading>> read, FollowedTopics topics) : IChannel
{
    /// <summary>At least so much time is between two readings: they take the replica's time.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, object> _told = [];

    /// <inheritdoc/>
    public bool IsPrivate => Guard is not null;

    /// <summary>Who may read it; null for everybody.</summary>
    public ChannelGuard? Guard { get; init; }

    /// <summary>Whether it has one row, which is told by itself and not in a list.</summary>
    public bool IsSingle { get; init; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChannelMessage> FollowAsync(
        long? fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var lease = await follow(cancellation);
        var topic = lease.Topic;
        await CheckAsync(cancellation);
        var reading = await read(topic, topic.Entries.Head, cancellation);
        yield return new ChannelMessage(ChannelMessage.Snapshot, reading.Index, 0, DataOf(Different(reading)));
        var last = reading.Index;
        while (true)
        {
            var next = topic.Changed.Next;
            var index = topic.LastIndex;
            if (index > reading.Index)
            {
                await CheckAsync(cancellation);
                reading = await read(topic, index, cancellation);
                if (Different(reading) is { Count: > 0 } rows)
                {
                    yield return new ChannelMessage(ChannelMessage.Update, reading.Index, last, DataOf(rows));
                    last = reading.Index;
                }

                await Task.Delay(Interval, topics.Wait.Time, cancellation);
                topics.Wait.Check(topic);
            }
            else
            {
                await topics.Wait.ForAsync(topic, next, cancellation);
                await CheckAsync(cancellation);
            }
        }
    }

    private ValueTask CheckAsync(CancellationToken cancellation) =>
        Guard?.CheckAsync(cancellation) ?? ValueTask.CompletedTask;

    private List<StateRow> Different(StateReading reading)
    {
        var rows = new List<StateRow>();
        foreach (var row in reading.Rows)
        {
            if (!_told.TryGetValue(row.Key, out var told) || !told.Equals(row.Essence))
            {
                _told[row.Key] = row.Essence;
                rows.Add(row);
            }
        }

        return rows;
    }

    private ReadOnlyMemory<byte> DataOf(IReadOnlyList<StateRow> rows) =>
        IsSingle && rows is [var only] ? only.Json : ChannelJson.ListOf(rows.Select(row => row.Json));
}
