using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Opens the channels of API.md section 3 for who may read them. Safe from any thread.</summary>
internal sealed class Channels(BookStreams books, FollowedTopics topics, Lookup lookup)
{
    private static readonly IntegerParameter Depth = new("depth", "Most prices of a side; 0 for all.", 0, 1_000, 20);

    private static readonly IntegerParameter Interval = new(
        "interval_ms", "At most one change in so many milliseconds; 0 for each.", 0, 1_000, 0);

    /// <summary>Opens a channel.</summary>
    /// <param name="name">As in API.md section 3, for instance <c>book:BTC-USD?depth=20</c>.</param>
    /// <param name="caller">Who reads.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <returns>The channel; or why there is none.</returns>
    public async ValueTask<(IChannel? Channel, ApiProblem? Refusal)> OpenAsync(
        string name, Caller caller, CancellationToken cancellation)
    {
        if (name.Length > ChannelName.MaxLength)
        {
            return (null, NoChannel);
        }

        var parsed = ChannelName.Parse(name);
        var query = new QueryReader(new QueryString(parsed.Query));
        return parsed.Kind switch
        {
            "book" => await OpenBookAsync(parsed.Subject, query),
            "trades" => await OpenOfInstrumentAsync(
                parsed.Subject, query, terms => new TradesChannel(topics, terms)),
            _ => (null, NoChannel),
        };
    }

    private static ApiProblem NoChannel => Problems.NotFound("no such channel");

    private async ValueTask<(IChannel? Channel, ApiProblem? Refusal)> OpenBookAsync(string symbol, QueryReader query)
    {
        var depth = (int)query.IntegerOrStandard(Depth);
        var interval = TimeSpan.FromMilliseconds(query.IntegerOrStandard(Interval));
        return await OpenOfInstrumentAsync(
            symbol, query, terms => new BookChannel(books, terms, depth, interval));
    }

    private async ValueTask<(IChannel? Channel, ApiProblem? Refusal)> OpenOfInstrumentAsync(
        string symbol, QueryReader query, Func<InstrumentTerms, IChannel> open)
    {
        if (query.Finish() is { } defect)
        {
            return (null, defect);
        }

        if (!IdText.IsId(symbol))
        {
            return (null, Problems.NotFound("no such instrument"));
        }

        var found = await lookup.InstrumentAsync(symbol, ReadOptions.Strong.Timeout);
        return found.Value is { } terms
            ? (open(terms), null)
            : (null, Problems.Of(found.Failure!));
    }
}
