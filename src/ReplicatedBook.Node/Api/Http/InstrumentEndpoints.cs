using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that list and change instruments (API.md 2.3).</summary>
internal sealed class InstrumentEndpoints(
    Writes writes, Lookup lookup, Catalog catalog, Answers answers, NodeSettings settings)
{
    private readonly int _maxBodyBytes = settings.Limits.MaxBodyBytes;

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/instruments", (RequestDelegate)CreateAsync).For(RoutePolicy.Admin)
            .Describe<ListInstrumentRequest, InstrumentResponse>(
                "ListInstrument", "Lists a spot instrument.", 201,
                RouteContract.Write().LooksUp().Refuses(ProblemCodes.AlreadyExists));
        v1.MapMethods("/instruments/{symbol}", ["PATCH"], (RequestDelegate)UpdateAsync).For(RoutePolicy.Admin)
            .Describe<UpdateInstrumentRequest, InstrumentResponse>(
                "UpdateInstrument", "Changes fees and rules, for orders from now on.", 200,
                RouteContract.Write().LooksUp().Takes(VersionTag.IfMatch).Refuses(ProblemCodes.VersionMismatch));
        v1.MapPost("/instruments/{symbol}/status", (RequestDelegate)SetStatusAsync).For(RoutePolicy.Admin)
            .Describe<InstrumentStatusRequest, InstrumentResponse>(
                "SetInstrumentStatus", "Opens, halts or closes an instrument.", 200,
                RouteContract.Write().LooksUp().Takes(VersionTag.IfMatch).Refuses(
                    ProblemCodes.VersionMismatch, ProblemCodes.MarketStateConflict));
    }

    private async Task CreateAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.ListInstrumentRequest, _maxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var request = body.Value!;
        var defects = new Defects();
        var (tick, lot) = Check(request, defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        var @base = await lookup.AssetAsync(request.Base, options.Timeout);
        var quote = await lookup.AssetAsync(request.Quote, options.Timeout);
        if (answers.Refuse(http, @base.Failure ?? quote.Failure))
        {
            return;
        }

        var texts = new OrderRuleTexts(request.MinNotional, request.MaxQuantity, request.PriceBandPct);
        if (answers.Refuse(http, OrderRulesBinder.ToRules(texts, absent: 0, quote.Value!, lot, out var rules)))
        {
            return;
        }

        var command = new ListInstrument(
            request.Symbol, @base.Value!.Id, quote.Value!.Id, tick, lot, request.MakerFeeBps, request.TakerFeeBps)
        {
            Rules = rules,
        };
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            Write(http, StatusCodes.Status201Created, written);
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.UpdateInstrumentRequest, _maxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var request = body.Value!;
        var defects = new Defects();
        var version = VersionTag.Expected(http.Request, defects);
        if (answers.Refuse(http, defects.ToProblem())
            || await FindAsync(http, options) is not { } terms)
        {
            return;
        }

        var texts = new OrderRuleTexts(request.MinNotional, request.MaxQuantity, request.PriceBandPct);
        if (answers.Refuse(http, OrderRulesBinder.ToRules(
            texts, OrderRules.Unchanged, terms.Quote, terms.LotSize, out var rules)))
        {
            return;
        }

        var command = new UpdateInstrument(terms.Id, request.MakerFeeBps, request.TakerFeeBps, version)
        {
            Rules = texts.AreGiven ? rules : null,
        };
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            Write(http, StatusCodes.Status200OK, written);
        }
    }

    private async Task SetStatusAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.InstrumentStatusRequest, _maxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var defects = new Defects();
        var status = EnumText.ToInstrumentStatus(body.Value!.Status);
        if (status is null)
        {
            defects.Invalid("status", $"status must be one of {EnumText.Statuses}");
        }

        var version = VersionTag.Expected(http.Request, defects);
        if (answers.Refuse(http, defects.ToProblem())
            || await FindAsync(http, options) is not { } terms)
        {
            return;
        }

        var command = new SetInstrumentStatus(
            terms.Id, status.GetValueOrDefault(), body.Value.CancelOpenOrders ?? false, version);
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            Write(http, StatusCodes.Status200OK, written);
        }
    }

    private async ValueTask<InstrumentTerms?> FindAsync(HttpContext http, WriteOptions options)
    {
        var found = await lookup.InstrumentAsync(RouteText.Of(http, "symbol"), options.Timeout);
        return answers.Refuse(http, found.Failure) ? null : found.Value;
    }

    private static (DecimalSize Tick, DecimalSize Lot) Check(ListInstrumentRequest request, Defects defects)
    {
        if (request.Type == "runner")
        {
            defects.Invalid("type", "runners are listed with their betting market: POST /v1/betting/markets");
        }
        else if (request.Type == "outcome")
        {
            defects.Invalid("type", "outcomes are listed with their event: POST /v1/events");
        }
        else if (request.Type != "spot")
        {
            defects.Invalid("type", "type must be spot");
        }

        if (!IdText.IsId(request.Symbol))
        {
            defects.Invalid("symbol", "symbol must be 1 to 64 characters of A-Za-z0-9._:-");
        }

        return (Size(request.TickSize, "tick_size", defects), Size(request.LotSize, "lot_size", defects));
    }

    /// <summary>A step of prices or quantities as given; nothing, and a defect, where it is none.</summary>
    public static DecimalSize Size(string text, string field, Defects defects)
    {
        const long MaxMantissa = 999_999_999_999_999_999;
        OrderBinder.CheckPositive(text, field, defects);
        if (!DecimalText.TryParse(text, out var mantissa, out var scale))
        {
            return default;
        }

        if (mantissa > MaxMantissa)
        {
            defects.Invalid(field, $"{field} has too many digits");
            return default;
        }

        return new DecimalSize((long)mantissa, scale);
    }

    private void Write(HttpContext http, int status, in Written written)
    {
        var view = written.Outcome.Instrument!;
        catalog.Keep(view);
        VersionTag.Write(http.Response, view.Version);
        answers.Write(
            http, status, Shapes.Of(view, written.Outcome.Canceled, written.Receipt),
            ResponseJson.Default.InstrumentResponse);
    }
}
