using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using Wire = ReplicatedBook.Contracts.Grpc;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>Instruments, books and trades.</summary>
internal sealed class MarketDataService(GrpcRoutes routes, UnitLookup units) : IGrpcService
{
    private const string Instruments = "/v1/instruments";

    private static readonly ServiceDescriptor Service =
        Wire.MarketDataReflection.Descriptor.FindTypeByName<ServiceDescriptor>("MarketData");

    /// <inheritdoc/>
    public IEnumerable<GrpcMethod> Methods =>
    [
        GrpcMethod.Unary<Wire.ListRequest, Wire.InstrumentList>(
            Service, "ListInstruments", GrpcAccess.Of("GET /v1/instruments"), Wire.ListRequest.Parser, ListAsync),
        GrpcMethod.Unary<Wire.GetBookRequest, Wire.Book>(
            Service, "GetBook", GrpcAccess.Of("GET /v1/instruments/{symbol}/book"), Wire.GetBookRequest.Parser,
            GetBookAsync),
        GrpcMethod.Unary<Wire.ListRequest, Wire.TradeList>(
            Service, "GetTrades", GrpcAccess.Of("GET /v1/instruments/{symbol}/trades"), Wire.ListRequest.Parser,
            GetTradesAsync),
    ];

    private async ValueTask<GrpcAnswer<Wire.InstrumentList>> ListAsync(GrpcCall call, Wire.ListRequest request)
    {
        var target = Paged(new RouteTarget(Instruments), request, call)
            .With("type", Words.Of(request.Type))
            .With("status", Words.Of(request.Status))
            .With("q", request.Q);
        var answer = await routes.GetAsync(call, target, ResponseJson.Default.PageInstrumentResponse);
        return answer.Then(page => new Wire.InstrumentList
        {
            Items = { page.Items.Select(Of) },
            NextCursor = page.NextCursor ?? "",
        });
    }

    private async ValueTask<GrpcAnswer<Wire.Book>> GetBookAsync(GrpcCall call, Wire.GetBookRequest request)
    {
        if (request.Instrument.Length == 0)
        {
            return GrpcStatus.Missing("instrument");
        }

        var target = new RouteTarget(Instruments + "/", request.Instrument, "/book")
            .With("depth", request.Depth)
            .With("level", request.Level)
            .With(request.Read, call);
        var answer = await routes.GetAsync(call, target, ResponseJson.Default.BookResponse);
        if (answer.Message is not { } book)
        {
            return answer.Refusal!;
        }

        var terms = await units.OfAnswerAsync(book.Instrument, "");
        return new Wire.Book
        {
            Instrument = book.Instrument,
            Index = (ulong)book.Index,
            TimeUs = OrderReplies.Time(book.Time),
            Bids = { book.Bids.Select(level => Of(level, terms)) },
            Asks = { book.Asks.Select(level => Of(level, terms)) },
            Checksum = (uint)book.Checksum,
        };
    }

    private async ValueTask<GrpcAnswer<Wire.TradeList>> GetTradesAsync(GrpcCall call, Wire.ListRequest request)
    {
        if (request.Instrument.Length == 0)
        {
            return GrpcStatus.Missing("instrument");
        }

        var target = Paged(new RouteTarget(Instruments + "/", request.Instrument, "/trades"), request, call);
        var answer = await routes.GetAsync(call, target, ResponseJson.Default.PageTradeResponse);
        if (answer.Message is not { } page)
        {
            return answer.Refusal!;
        }

        var terms = await units.OfAnswerAsync(request.Instrument, "");
        return new Wire.TradeList
        {
            Items = { page.Items.Select(trade => Of(trade, terms)) },
            NextCursor = page.NextCursor ?? "",
        };
    }

    private static RouteTarget Paged(RouteTarget target, Wire.ListRequest request, GrpcCall call) => target
        .With("limit", request.Limit)
        .With("cursor", request.Cursor)
        .With("order", request.Ascending ? "asc" : null)
        .With(request.Read, call);

    private static Wire.Instrument Of(InstrumentResponse instrument)
    {
        DecimalText.TryParse(instrument.TickSize, out var mantissa, out var scale);
        var ticks = instrument.LastPrice is { } last && DecimalText.TryParse(last, out var price, out var digits)
            ? DecimalText.ToSteps(price, digits, (long)mantissa, scale) ?? 0
            : 0;
        return new Wire.Instrument
        {
            Symbol = instrument.Symbol,
            Type = Words.To<Wire.InstrumentType>(instrument.Type),
            Base = instrument.Base,
            Quote = instrument.Quote,
            TickSize = instrument.TickSize,
            LotSize = instrument.LotSize,
            PriceScale = (uint)instrument.PriceScale,
            QtyScale = (uint)instrument.QtyScale,
            Status = Words.To<Wire.InstrumentStatus>(instrument.Status),
            LastPriceTicks = (long)ticks,
            Version = (ulong)instrument.Version,
            MakerFeeBps = instrument.MakerFeeBps,
            TakerFeeBps = instrument.TakerFeeBps,
        };
    }

    private static Wire.BookLevel Of(BookLevel level, UnitTerms terms) => new()
    {
        PriceTicks = terms.Ticks(level.Price),
        QtyLots = terms.Lots(level.Quantity),
        Orders = (uint)level.OrderCount,
        OrderId = level.OrderId is { } id ? OrderReplies.Id(id) : 0,
    };

    private static Wire.Trade Of(TradeResponse trade, UnitTerms terms) => new()
    {
        TradeId = OrderReplies.Id(trade.TradeId),
        PriceTicks = terms.Ticks(trade.Price),
        QtyLots = terms.Lots(trade.Quantity),
        TakerSide = Words.To<Wire.Side>(trade.TakerSide),
        Index = (ulong)trade.Index,
        TimeUs = OrderReplies.Time(trade.Time),
        Voided = trade.Voided,
    };
}
