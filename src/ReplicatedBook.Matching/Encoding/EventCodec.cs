using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Events as canonical MessagePack, one array each; layouts in README.md of this folder.</summary>
public static partial class EventCodec
{
    /// <summary>Version of the layout of an event that belongs to no market.</summary>
    internal const int Version = 1;

    /// <summary>Version of that of one that does: with the market and its number there.</summary>
    internal const int NumberedVersion = 2;

    /// <summary>Hands every event of the bytes to a sink, in order.</summary>
    /// <exception cref="FormatException">The bytes are not a sequence of events.</exception>
    public static void Read(ReadOnlySpan<byte> events, IEventSink sink)
    {
        var fields = new FieldReader(events);
        while (!fields.IsAtEnd)
        {
            var count = fields.Array();
            var version = fields.Integer(Version, NumberedVersion);
            var kind = fields.Enum(EventKind.OrderSessionChanged);
            var isNumbered = version == NumberedVersion;
            fields.Expect(
                isNumbered ? MayBelong(kind) : !MustBelong(kind), "whether an event belongs to a market");
            fields.Expect(count == (isNumbered ? 4 : 2) + FieldsOf(kind), "the length of an event");
            if (isNumbered)
            {
                sink.BelongsTo((int)fields.Integer(1, int.MaxValue), fields.Integer(1, long.MaxValue));
            }

            if (kind >= EventKind.UserChanged)
            {
                ReadIdentity(ref fields, kind, sink);
            }
            else if (kind >= EventKind.BettingMarketChanged)
            {
                ReadBetting(ref fields, kind, sink);
            }
            else
            {
                ReadOne(ref fields, kind, sink);
            }
        }
    }

    /// <summary>Whether a market may have such an event. Refusals belong to none: they change nothing.</summary>
    private static bool MayBelong(EventKind kind) =>
        kind < EventKind.UserChanged
        && kind is not (EventKind.OrderRejected or EventKind.BalanceChanged or EventKind.AccountChanged
            or EventKind.CancelAfterChanged or EventKind.BetRejected);

    private static bool MustBelong(EventKind kind) =>
        kind is >= EventKind.PredictionMarketChanged and < EventKind.UserChanged and not EventKind.BetRejected;

    private static int FieldsOf(EventKind kind) => kind switch
    {
        EventKind.OrderAccepted => 10,
        EventKind.OrderRejected or EventKind.InstrumentChanged or EventKind.InstrumentRulesChanged => 4,
        EventKind.OrderTriggered => 5,
        EventKind.OrderAmended => 8,
        EventKind.OrderCanceled or EventKind.OrderConditions => 7,
        EventKind.OrderExpired or EventKind.BalanceChanged or EventKind.OrderReplenished => 6,
        EventKind.Trade => 12,
        EventKind.AccountChanged or EventKind.AssetChanged or EventKind.CancelAfterChanged => 2,
        >= EventKind.UserChanged => FieldsOfIdentity(kind),
        >= EventKind.BettingMarketChanged => FieldsOfBetting(kind),
        >= EventKind.PredictionMarketChanged => FieldsOfPrediction(kind),
        _ => -3, // No array has so few.
    };

    private static void ReadOne(ref FieldReader fields, EventKind kind, IEventSink sink)
    {
        switch (kind)
        {
            case EventKind.OrderAccepted:
                sink.On(new OrderAccepted(
                    fields.Order(), fields.Account(), fields.ClientOrderId(), fields.Instrument(),
                    fields.Enum(Side.Sell),
                    fields.Enum(OrderType.StopLimit), fields.Price(), fields.Quantity(),
                    fields.Enum(TimeInForce.GoodTilDate), fields.Boolean()));
                break;
            case EventKind.OrderRejected:
                sink.On(new OrderRejected(
                    fields.Account(), fields.ClientOrderId(), fields.Instrument(),
                    fields.Enum(ResultLayout.LastReason)));
                break;
            case EventKind.OrderAmended:
                sink.On(new OrderAmended(
                    fields.Order(), fields.Account(), fields.Instrument(), fields.Enum(Side.Sell), fields.Price(),
                    fields.Quantity(), fields.Quantity(), fields.Boolean()));
                break;
            case EventKind.OrderCanceled:
                sink.On(new OrderCanceled(
                    fields.Order(), fields.Account(), fields.Instrument(), fields.Enum(Side.Sell), fields.Price(),
                    fields.Quantity(), fields.Enum(StatusReason.SessionEnded)));
                break;
            case EventKind.OrderExpired:
                sink.On(new OrderExpired(
                    fields.Order(), fields.Account(), fields.Instrument(), fields.Enum(Side.Sell), fields.Quantity(),
                    fields.Enum(StatusReason.SessionEnded)));
                break;
            case EventKind.Trade:
                sink.On(new Trade(
                    fields.Trade(), fields.Instrument(), fields.Price(), fields.Quantity(), fields.Enum(Side.Sell),
                    fields.Order(), fields.Order(), fields.Account(), fields.Account(), fields.Amount(),
                    fields.Amount(),
                    fields.Quantity()));
                break;
            case EventKind.BalanceChanged:
                sink.On(new BalanceChanged(
                    new LedgerId(fields.Integer()), fields.Account(), fields.Asset(), fields.Amount(), fields.Amount(),
                    fields.Amount()));
                break;
            case EventKind.InstrumentChanged:
                sink.On(new InstrumentChanged(
                    fields.Instrument(), fields.Enum(InstrumentStatus.Closed), fields.Int32(), fields.Int32()));
                break;
            case EventKind.AccountChanged:
                sink.On(new AccountChanged(fields.Account(), new UserId(fields.Integer())));
                break;
            case EventKind.AssetChanged:
                sink.On(new AssetChanged(fields.Asset(), fields.Int32()));
                break;
            case EventKind.OrderConditions:
                sink.On(new OrderConditions(
                    fields.Order(), fields.Account(), fields.Instrument(), fields.Timestamp(), fields.Quantity(),
                    fields.Price(), fields.Amount()));
                break;
            case EventKind.OrderTriggered:
                sink.On(new OrderTriggered(
                    fields.Order(), fields.Account(), fields.Instrument(), fields.Enum(Side.Sell), fields.Price()));
                break;
            case EventKind.OrderReplenished:
                sink.On(new OrderReplenished(
                    fields.Order(), fields.Account(), fields.Instrument(), fields.Enum(Side.Sell), fields.Price(),
                    fields.Quantity()));
                break;
            case EventKind.InstrumentRulesChanged:
                sink.On(new InstrumentRulesChanged(fields.Instrument(), fields.Rules()));
                break;
            case EventKind.CancelAfterChanged:
                sink.On(new CancelAfterChanged(fields.Account(), fields.Timestamp()));
                break;
            default:
                ReadPrediction(ref fields, kind, sink);
                break;
        }
    }
}
