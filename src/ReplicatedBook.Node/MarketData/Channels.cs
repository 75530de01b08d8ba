using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Opens the channels of API.md section 3 for who may read them. Safe from any thread.</summary>
internal sealed class Channels(
    PublicChannels publicOnes, OwnChannels own, FeedChannels feeds, FollowerCounts counts)
{
    /// <summary>Opens a channel for a reader on a WebSocket whose connection ends it when the credential holds no
    /// more.</summary>
    public ValueTask<(IChannel? Channel, ApiProblem? Refusal)> OpenAsync(
        string name, Caller caller, CancellationToken cancellation) =>
        OpenAsync(name, new ChannelReader(caller), cancellation);

    /// <summary>Opens a channel.</summary>
    /// <param name="name">As in API.md section 3, for instance <c>book:BTC-USD?depth=20</c>.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <returns>The channel, to be followed once; or why there is none.</returns>
    public async ValueTask<(IChannel? Channel, ApiProblem? Refusal)> OpenAsync(
        string name, ChannelReader reader, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (name.Length > ChannelName.MaxLength)
        {
            return (null, Problems.NotFound("no such channel"));
        }

        var parsed = ChannelName.Parse(name);
        var query = new QueryReader(new QueryString(parsed.Query));
        var opened = await publicOnes.OpenAsync(parsed, query)
            ?? await own.OpenAsync(parsed, query, reader)
            ?? await feeds.OpenAsync(parsed, query, reader)
            ?? Problems.NotFound("no such channel");
        return opened.Channel is { } channel
            ? (new CountedChannel(channel, counts, reader.Transport), null)
            : (null, opened.Refusal);
    }
}
