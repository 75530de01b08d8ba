using System.Runtime.CompilerServices;
using System.Text.Json;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client.Streaming;

/// <summary>Follows channels over one node after the other: when its node is lost it goes on at the next, after the
/// last message it had of each channel. Every message follows on the one before; where it does not, it is asked for
/// again. One reader reads it, once.</summary>
public sealed class MarketDataStream
{
    private readonly SocketOpener _opener;
    private readonly Dictionary<string, FollowedChannel> _channels;
    private readonly Queue<FollowedChannel> _restarts = [];
    private long _requests;

    internal MarketDataStream(SocketOpener opener, IReadOnlyList<string> channels, long? fromIndex)
    {
        if (channels.Count == 0)
        {
            throw new ArgumentException("at least one channel is needed", nameof(channels));
        }

        _opener = opener;
        _channels = channels.ToDictionary(static name => name, name => new FollowedChannel(name, fromIndex));
    }

    /// <summary>The node that is followed now; null before the first.</summary>
    public Uri? Endpoint { get; private set; }

    /// <summary>How often another connection took over.</summary>
    public int Resumptions { get; private set; }

    /// <summary>Begins a channel anew with a snapshot: what was made of it turned out wrong. To be called by the
    /// reader, between two messages.</summary>
    public void Restart(string channel)
    {
        var followed = _channels[channel];
        followed.Forget();
        _restarts.Enqueue(followed);
    }

    /// <summary>Reads messages until it is given up.</summary>
    /// <exception cref="OutcomeException">A node refuses a channel for good, the credential is refused, or no node can
    /// be reached any more.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async IAsyncEnumerable<StreamMessage> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            using var link = await _opener.OpenAsync(cancellation).ConfigureAwait(false);
            Resumptions += Endpoint is null ? 0 : 1;
            Endpoint = link.Endpoint;
            _restarts.Clear();
            foreach (var channel in _channels.Values)
            {
                await SubscribeAsync(link, channel, cancellation).ConfigureAwait(false);
            }

            while (await link.ReceiveAsync(cancellation).ConfigureAwait(false) is { } message)
            {
                if (IsRefusal(message))
                {
                    break; // This node cannot now; another may.
                }

                if (await TakeAsync(link, message, cancellation).ConfigureAwait(false) is { } taken)
                {
                    yield return taken;
                }

                while (_restarts.TryDequeue(out var channel))
                {
                    await ResubscribeAsync(link, channel, cancellation).ConfigureAwait(false);
                }
            }

            _opener.Leave(link.Endpoint);
        }
    }

    private async Task<StreamMessage?> TakeAsync(
        SocketLink link, JsonElement message, CancellationToken cancellation)
    {
        if (!message.TryGetProperty("ch", out var name))
        {
            Note(message);
            return null;
        }

        if (!_channels.TryGetValue(name.GetString()!, out var channel) || !channel.IsLive)
        {
            return null;
        }

        var taken = new StreamMessage(
            channel.Name, message.GetProperty("type").GetString()!, Number(message, "index"),
            Number(message, "prev_index"), message.TryGetProperty("data", out var data) ? data : default);
        if (channel.Take(taken))
        {
            return taken;
        }

        await ResubscribeAsync(link, channel, cancellation).ConfigureAwait(false);
        return null;
    }

    /// <summary>The answer to a subscription comes before any of its messages.</summary>
    private void Note(JsonElement message)
    {
        if (message.GetProperty("type").GetString() != "subscribed")
        {
            return;
        }

        var request = Number(message, "id");
        foreach (var channel in _channels.Values)
        {
            channel.IsLive |= channel.Request == request;
        }
    }

    private async Task ResubscribeAsync(SocketLink link, FollowedChannel channel, CancellationToken cancellation)
    {
        await link.TrySendAsync(
            Request("unsubscribe", channel, fromIndex: null), cancellation).ConfigureAwait(false);
        await SubscribeAsync(link, channel, cancellation).ConfigureAwait(false);
    }

    private async Task SubscribeAsync(SocketLink link, FollowedChannel channel, CancellationToken cancellation)
    {
        channel.IsLive = false;
        var request = Request("subscribe", channel, channel.Last);
        channel.Request = _requests;
        await link.TrySendAsync(request, cancellation).ConfigureAwait(false); // A loss is found out by reading.
    }

    private byte[] Request(string op, FollowedChannel channel, long? fromIndex)
    {
        using var bytes = new MemoryStream();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteNumber("id", ++_requests);
        json.WriteString("op", op);
        json.WriteStartArray("channels");
        json.WriteStringValue(channel.Name);
        json.WriteEndArray();
        if (fromIndex is { } index)
        {
            json.WriteNumber("from_index", index);
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="OutcomeException">No node will ever do it.</exception>
    private static bool IsRefusal(JsonElement message)
    {
        if (message.GetProperty("type").GetString() != "error")
        {
            return false;
        }

        var problem = message.GetProperty("problem").Deserialize(ResponseJson.Default.Problem)!;
        return problem.Retryable || problem.Status >= 500
            ? true
            : throw new OutcomeException(OutcomeKind.Rejected, problem, $"{problem.Code}: {problem.Detail}");
    }

    private static long Number(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;
}
