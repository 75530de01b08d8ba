using System.Globalization;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>The event feed as pages and as streams (API.md 2.8).</summary>
internal sealed class FeedEndpoints(
    EventHistory feed, IReplicatedLog log, FeedFilters filters, Catalog catalog, FeedStreams streams, Answers answers)
{
    private const string LastEventId = "Last-Event-ID";

    private static readonly IntegerParameter FromIndex = new(
        "from_index", "First index; without it a page begins with the oldest held and a stream with what is new.", 0,
        Reads.MaxIndex);

    private static readonly IntegerParameter Limit = new(
        "limit", "Items after which a page ends with the entry they are of; not with a stream.", 1, 1_000, 100);

    private static readonly HeaderParameter Resume = new(
        LastEventId, "Goes on after this event: index.seq as an id line shows it; wins over from_index.");

    public void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/feed", (RequestDelegate)GetAsync).For(RoutePolicy.User).Describe<FeedResponse>(
            "GetFeed", "Events in log order, without gaps: a page, or an endless stream as SSE or as JSON lines.", 200,
            RouteContract.Plain([FromIndex, Limit, .. FeedSelection.Parameters])
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
        var defects = new Defects();
        var selection = FeedSelection.Read(query, defects);
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

        var (filter, refusal) = await filters.ForAsync(selection, http.Caller());
        if (filter is null)
        {
            answers.Write(http, refusal!);
            return;
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
