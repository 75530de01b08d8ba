using System.Globalization;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>The event feed as pages and as streams (API.md 2.8).</summary>
internal sealed class FeedEndpoints(
    EventHistory feed, IReplicatedLog log, Lookup lookup, Catalog catalog, FeedStreams streams, ReadGateway reads,
    Answers answers)
{
    private const string LastEventId = "Last-Event-ID";

    private static readonly IntegerParameter FromIndex = new(
        "from_index", "First index; without it a page begins with the oldest held and a stream with what is new.", 0,
        Reads.MaxIndex);

    private static readonly IntegerParameter Limit = new(
        "limit", "Items after which a page ends with the entry they are of; not with a stream.", 1, 1_000, 100);

    private static readonly TextParameter Instrument = new(
        "instrument",
        "Only events of this instrument and those of its whole market: its symbol, or a market's id for all of it.");

    private static readonly TextParameter Account = new("account_id", "Only events of this account: its id.");

    private static readonly HeaderParameter Resume = new(
        LastEventId, "Goes on after this event: index.seq as an id line shows it; wins over from_index.");

    public void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/feed", (RequestDelegate)GetAsync).For(RoutePolicy.User).Describe<FeedResponse>(
            "GetFeed", "Events in log order, without gaps: a page, or an endless stream as SSE or as JSON lines.", 200,
            RouteContract.Plain(FromIndex, Limit, FeedFilter.TypesParameter, Instrument, Account)
                .Takes(Resume)
                .LooksUp()
                .Refuses(
                    ProblemCodes.InvalidField, ProblemCodes.IndexCompacted, ProblemCodes.NoLeader,
                    ProblemCodes.Overloaded));

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var from = query.Integer(FromIndex);
        var limit = (int?)query.Integer(Limit);
        var types = FeedFilter.Read(query);
        var symbol = query.Text(Instrument);
        var defects = new Defects();
        AccountId? account = query.Text(Account) is { } text
            ? OrderBinder.Account(text, "account_id", defects)
            : null;
        var format = FeedStreams.FormatOf(http.Request);
        if (format is not null && limit is not null)
        {
            query.Refuse(Limit.Name, "a stream has none");
        }

        if (answers.Refuse(http, query.Finish() ?? defects.ToProblem()))
        {
            return;
        }

        if (log.Status.Divergence is not null)
        {
            answers.Write(http, new ApiProblem(ProblemCodes.ShuttingDown, ReadGateway.Diverged));
            return;
        }

        var caller = http.Caller();
        var filter = new FeedFilter(types, null, account);
        if (!caller.ReadsAll)
        {
            if (await ViewerAsync(http, caller) is not { } viewer)
            {
                return;
            }

            if (account is { } named && !viewer.Sees(named))
            {
                answers.Write(http, Problems.NotFound("no such account"));
                return;
            }

            filter = filter with { Viewer = viewer };
        }

        if (symbol is not null)
        {
            var (narrowed, failure) = await NarrowAsync(filter, symbol);
            if (answers.Refuse(http, failure))
            {
                return;
            }

            filter = narrowed;
        }

        var items = new FeedItems(filter, catalog);
        if (format is null)
        {
            await AnswerPageAsync(http, items, from ?? feed.OldestIndex, limit ?? (int)Limit.Standard!.Value);
            return;
        }

        if (TryResume(http.Request, from ?? feed.HeadIndex + 1, out var start, out var afterSequence))
        {
            await streams.RunAsync(http, format.Value, items, start, afterSequence);
        }
        else
        {
            answers.Write(http, ApiProblem.OfField(
                ProblemCodes.InvalidQuery, LastEventId, $"{LastEventId} must be index.seq as given in an id line"));
        }
    }

    /// <summary>Adds what a symbol or the id of a market names. One that may be of bets is not looked up: it may be
    /// created later.</summary>
    private async ValueTask<(FeedFilter Filter, ReadFailure? Failure)> NarrowAsync(FeedFilter filter, string symbol)
    {
        var timeout = ReadOptions.Strong.Timeout;
        var found = await lookup.InstrumentAsync(symbol, timeout);
        if (found.Value is { } terms)
        {
            return (filter with
            {
                Instrument = terms.Id,
                Market = terms.Market.Value == 0 ? null : terms.Market,
            }, null);
        }

        if (found.Failure?.Code != ProblemCodes.NotFound)
        {
            return (filter, found.Failure);
        }

        if (IdText.ToMarketOrRunner(symbol) is { } bets)
        {
            return (filter with { Bets = bets }, null);
        }

        var market = await lookup.MarketAsync(symbol, timeout);
        return market.Value is { } known
            ? (filter with { Market = known.Id }, null)
            : (filter, market.Failure?.Code == ProblemCodes.NotFound ? found.Failure : market.Failure);
    }

    /// <summary>The caller as a reader of the feed, which is this node's.</summary>
    /// <returns>Null when a problem was answered instead.</returns>
    private async ValueTask<FeedViewer?> ViewerAsync(HttpContext http, Caller caller)
    {
        var own = await reads.ReadAsync(
            ReadOptions.Strong with { IsStrong = false }, exchange => exchange.OwnAccounts(caller));
        return answers.Refuse(http, own.Failure) ? null : new FeedViewer(caller.User, own.Reading.Value!);
    }

    /// <summary>Whole entries until the limit of items is reached, so an answer may have more items than
    /// that.</summary>
    private async Task AnswerPageAsync(HttpContext http, FeedItems items, long from, int limit)
    {
        var read = await feed.ReadAsync(from, limit, http.RequestAborted);
        if (read.Page is not { } page)
        {
            answers.Write(http, FeedStreams.Refusal(read, feed));
            return;
        }

        var shown = new List<FeedJson>();
        var next = page.NextIndex;
        foreach (var entry in page.Entries)
        {
            if (shown.Count >= limit)
            {
                next = entry.Index;
                break;
            }

            shown.AddRange(await catalog.NamedAsync(items, entry, http.RequestAborted));
        }

        answers.Write(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var item in shown)
            {
                json.WriteRawValue(item.Json.Span, skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteNumber("next_index", next);
            json.WriteNumber("head_index", page.HeadIndex);
            json.WriteEndObject();
        });
    }

    // What a browser sends by itself when it connects again wins over the address it was given first.
    private static bool TryResume(HttpRequest request, long from, out long start, out int afterSequence)
    {
        start = from;
        afterSequence = -1;
        var given = request.Headers[LastEventId];
        if (given.Count == 0)
        {
            return true;
        }

        var parts = given is [{ } text] ? text.Split('.') : [];
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out start)
            && start <= Reads.MaxIndex
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out afterSequence);
    }
}
