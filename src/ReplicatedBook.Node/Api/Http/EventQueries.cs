using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that find and read events (API.md 2.4).</summary>
internal sealed class EventQueries(Reads reads, Answers answers)
{
    private static readonly TextParameter Text = new(
        "q", "Only events with this in their id, title or description, in upper or lower case.");

    private static readonly TextParameter Category = new("category", "Only events of exactly this category.");

    private static readonly WordParameter Status = new(
        "status", "Only events in this status.", null, EnumText.MarketStatuses.Split(", "));

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/events", (RequestDelegate)ListAsync).For(RoutePolicy.Public).Describe<Page<EventResponse>>(
            "ListEvents", "All events that fit.", 200,
            RouteContract.Read([Text, Category, Status, .. ListOptions.Parameters]));
        v1.MapGet("/events/{event_id}", (RequestDelegate)GetAsync).For(RoutePolicy.Public).Describe<EventResponse>(
            "GetEvent", "One event with its market.", 200, RouteContract.Read().Refuses(ProblemCodes.NotFound));
    }

    private async Task ListAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var list = ListOptions.Read(query);
        var (text, category, status) = (query.Text(Text) ?? "", query.Text(Category), query.Word(Status));
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        // Events change and go, so later pages are read as of the index of the first.
        options = list.Cursor is { } cursor ? options with { AtIndex = cursor.Index } : options;
        if (await reads.RunAsync(http, options, static exchange => exchange.PredictionMarkets) is not { } reading)
        {
            return;
        }

        var all = reading.Value;
        var items = new List<EventResponse>();
        string? next = null;
        var last = 0L;
        foreach (var number in list.Numbers(all.Count))
        {
            var view = all[(int)number - 1];
            if (!Fits(view, text, category, status))
            {
                continue;
            }

            if (items.Count == list.Limit)
            {
                next = list.NextCursor(reading.Index, last, all.Count);
                break;
            }

            last = number;
            items.Add(MarketShapes.EventOf(view));
        }

        answers.Write(
            http, StatusCodes.Status200OK, new Page<EventResponse>(items, next),
            ResponseJson.Default.PageEventResponse);
    }

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var id = RouteText.Of(http, "event_id");
        if (await reads.RunAsync(http, options, exchange => exchange.FindPredictionMarket(id)) is not { } reading)
        {
            return;
        }

        if (reading.Value is { } view)
        {
            VersionTag.Write(http.Response, view.Version);
            answers.Write(
                http, StatusCodes.Status200OK, MarketShapes.EventOf(view), ResponseJson.Default.EventResponse);
        }
        else
        {
            answers.Write(http, Problems.NotFound("no such event"));
        }
    }

    private static bool Fits(PredictionMarketView view, string text, string? category, string? status) =>
        (status is null || EnumText.Of(view.Status) == status)
        && (category is null || view.Category == category)
        && (view.Title.Contains(text, StringComparison.OrdinalIgnoreCase)
            || view.EventId.Contains(text, StringComparison.OrdinalIgnoreCase)
            || view.Description.Contains(text, StringComparison.OrdinalIgnoreCase));
}
