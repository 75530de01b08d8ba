using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that read instruments (API.md 2.3).</summary>
internal sealed class InstrumentQueries(Reads reads, Catalog catalog, Answers answers)
{
    private static readonly WordParameter Type = new(
        "type", "Only instruments of this type.", null, "spot", "outcome", "runner");

    private static readonly WordParameter Status = new(
        "status", "Only instruments in this status.", null, EnumText.Statuses.Split(", "));

    private static readonly TextParameter Text = new("q", "Only instruments whose symbol contains this.");

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/instruments", (RequestDelegate)ListAsync).For(RoutePolicy.Public)
            .Describe<Page<InstrumentResponse>>(
                "ListInstruments", "All instruments that fit.", 200,
                RouteContract.Read([Type, Status, Text, .. ListOptions.Parameters]));
        v1.MapGet("/instruments/{symbol}", (RequestDelegate)GetAsync).For(RoutePolicy.Public)
            .Describe<InstrumentResponse>(
                "GetInstrument", "One instrument.", 200, RouteContract.Read().Refuses(ProblemCodes.NotFound));
    }

    private async Task ListAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var list = ListOptions.Read(query);
        var type = query.Word(Type);
        var status = query.Word(Status);
        var text = query.Text(Text) ?? "";
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        // Status and last price change, so later pages are read as of the index of the first.
        options = list.Cursor is { } cursor ? options with { AtIndex = cursor.Index } : options;
        if (await reads.RunAsync(http, options, static exchange => exchange.Instruments) is not { } reading)
        {
            return;
        }

        var all = reading.Value;
        var items = new List<InstrumentResponse>();
        string? next = null;
        var last = 0L;
        foreach (var number in list.Numbers(all.Count))
        {
            var view = all[(int)number - 1];
            if (!Fits(view, type, status, text))
            {
                continue;
            }

            if (items.Count == list.Limit)
            {
                next = list.NextCursor(reading.Index, last, all.Count);
                break;
            }

            last = number;
            items.Add(Shapes.Of(view));
        }

        answers.Write(
            http, StatusCodes.Status200OK, new Page<InstrumentResponse>(items, next),
            ResponseJson.Default.PageInstrumentResponse);
    }

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var symbol = RouteText.Of(http, "symbol");
        if (await reads.RunAsync(http, options, exchange => exchange.FindInstrument(symbol)) is not { } reading)
        {
            return;
        }

        if (reading.Value is { } view)
        {
            catalog.Keep(view);
            VersionTag.Write(http.Response, view.Version);
            answers.Write(http, StatusCodes.Status200OK, Shapes.Of(view), ResponseJson.Default.InstrumentResponse);
        }
        else
        {
            answers.Write(http, Problems.NotFound("no such instrument"));
        }
    }

    private static bool Fits(InstrumentView view, string? type, string? status, string text) =>
        (type is null || type == Shapes.TypeOf(view))
        && (status is null || EnumText.Of(view.Status) == status)
        && view.Symbol.Contains(text, StringComparison.OrdinalIgnoreCase);
}
