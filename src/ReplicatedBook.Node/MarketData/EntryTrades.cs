using System.Text.Json;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Those trades of an entry that are followed. One reader uses it.</summary>
/// <typeparam name="T">The event that tells a trade.</typeparam>
internal abstract class EntryTrades<T> : PassingEvents
    where T : struct
{
    private readonly List<T> _trades = [];

    /// <summary>The trades as a JSON list; none where there are none.</summary>
    public ReadOnlyMemory<byte>? Of(FeedEntry entry)
    {
        _trades.Clear();
        EventCodec.Read(entry.Events.Span, this);
        return _trades.Count == 0 ? default(ReadOnlyMemory<byte>?) : ChannelJson.Of(json =>
        {
            json.WriteStartArray();
            foreach (var trade in _trades)
            {
                json.WriteStartObject();
                Write(json, in trade);
                json.WriteNumber("index", entry.Index);
                json.WriteString("time", TimeText.Of(entry.At));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Takes one that is followed.</summary>
    protected void Add(in T trade) => _trades.Add(trade);

    /// <summary>Writes the fields of one, but for where and when it was.</summary>
    protected abstract void Write(Utf8JsonWriter json, in T trade);
}
