using System.Buffers;
using System.Buffers.Binary;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Clients;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>The parts of a snapshot, each written and read side by side; layouts in README.md of this folder.</summary>
internal static class SnapshotLayout
{
    /// <summary>Fields of an asset.</summary>
    public const int AssetFields = 5;

    /// <summary>Fields of an account up to version 2; then one more.</summary>
    public const int AccountFields = 5;

    /// <summary>Fields of a balance.</summary>
    public const int BalanceFields = 3;

    /// <summary>Version that brought orders' options and all else that came with them.</summary>
    public const int OptionsVersion = 3;

    private const int LimitFields = 10;
    private const int InstrumentFields = 16;
    private const int LaterInstrumentFields = InstrumentFields + 3;
    private const int BucketFields = 5;
    private const int OrderFields = 24;

    // 24 fields, three of a reference and five of options of at most 9 bytes each, or 18 for the two wide ones; and the
    // reference.
    private const int MaxOrderBytes = 448;
    private const int TradeFields = 13;
    private const int RequestFields = 7;
    private const int ContentBytes = 16;

    /// <summary>Writes the limits, which are part of the state: replicas with other limits would forget other
    /// things.</summary>
    public static void WriteLimits(ref MessagePackWriter writer, ExchangeLimits limits, int version)
    {
        writer.WriteArrayHeader(LimitFieldsOf(version));
        writer.WriteInteger(limits.MaxRequestKeys);
        writer.WriteInteger(limits.MaxRequestBytes);
        writer.WriteInteger(limits.MinRequestKeyAge);
        writer.WriteInteger(limits.MaxClosedOrdersPerAccount);
        writer.WriteInteger(limits.MaxClosedOrders);
        writer.WriteInteger(limits.MaxTrades);
        writer.WriteInteger(limits.MaxOpenOrders);
        writer.WriteInteger(limits.MaxAccounts);
        writer.WriteInteger(limits.MaxAssets);
        writer.WriteInteger(limits.MaxInstruments);
        if (version >= OptionsVersion)
        {
            writer.WriteInteger(limits.MaxOpenOrdersPerAccount);
        }

        if (version >= IdentityLayout.Version)
        {
            IdentityLayout.WriteLimits(ref writer, limits);
        }

        if (version >= OrderSessionLayout.Version)
        {
            OrderSessionLayout.WriteLimits(ref writer, limits);
        }
    }

    /// <summary>Reads the limits.</summary>
    public static ExchangeLimits ReadLimits(ref FieldReader fields, long version)
    {
        fields.Array(LimitFieldsOf(version));
        var limits = new ExchangeLimits
        {
            MaxRequestKeys = fields.Int32(),
            MaxRequestBytes = fields.Integer(),
            MinRequestKeyAge = fields.Integer(),
            MaxClosedOrdersPerAccount = fields.Int32(),
            MaxClosedOrders = fields.Int32(),
            MaxTrades = fields.Int32(),
            MaxOpenOrders = fields.Int32(),
            MaxAccounts = fields.Int32(),
            MaxAssets = fields.Int32(),
            MaxInstruments = fields.Int32(),
        };
        if (version >= OptionsVersion)
        {
            limits = limits with { MaxOpenOrdersPerAccount = fields.Int32() };
        }

        if (version >= IdentityLayout.Version)
        {
            limits = IdentityLayout.ReadLimits(ref fields, limits);
        }

        if (version >= OrderSessionLayout.Version)
        {
            limits = OrderSessionLayout.ReadLimits(ref fields, limits);
        }

        fields.Expect(limits.AreValid, "a limit");
        return limits;
    }

    private static int LimitFieldsOf(long version) =>
        version >= OrderSessionLayout.Version
            ? LimitFields + 1 + IdentityLayout.LimitFields + OrderSessionLayout.LimitFields
            : version >= IdentityLayout.Version ? LimitFields + 1 + IdentityLayout.LimitFields
            : version >= OptionsVersion ? LimitFields + 1
            : LimitFields;

    /// <summary>Writes an instrument up to its orders.</summary>
    public static void WriteInstrument(ref MessagePackWriter writer, Instrument instrument, int version)
    {
        writer.WriteArrayHeader(version >= OptionsVersion ? LaterInstrumentFields : InstrumentFields);
        writer.WriteText(instrument.Symbol);
        writer.WriteInteger(instrument.BaseAsset);
        writer.WriteInteger(instrument.QuoteAsset);
        writer.WriteInteger(instrument.TickSize.Mantissa);
        writer.WriteInteger(instrument.TickSize.Scale);
        writer.WriteInteger(instrument.LotSize.Mantissa);
        writer.WriteInteger(instrument.LotSize.Scale);
        writer.WriteInteger(instrument.MakerFeeBps);
        writer.WriteInteger(instrument.TakerFeeBps);
        writer.WriteInteger((long)instrument.Status);
        writer.WriteInteger(instrument.LastPrice);
        writer.WriteInteger(instrument.LastTrade);
        writer.WriteInteger(instrument.Version);
        writer.WriteArrayHeader(instrument.Day.Count);
        for (var i = 0; i < instrument.Day.Count; i++)
        {
            ref readonly var bucket = ref instrument.Day[i];
            writer.WriteArrayHeader(BucketFields);
            writer.WriteInteger(bucket.Minute);
            writer.WriteInteger(bucket.Open);
            writer.WriteInteger(bucket.High);
            writer.WriteInteger(bucket.Low);
            writer.WriteInteger(bucket.Volume);
        }
    }

    /// <summary>Writes an instrument's rules.</summary>
    public static void WriteRules(ref MessagePackWriter writer, OrderRules rules)
    {
        writer.WriteArrayHeader(CommandCodec.RuleFields);
        CommandCodec.WriteRules(ref writer, in rules);
    }

    /// <summary>Reads an instrument's rules.</summary>
    public static OrderRules ReadRules(ref FieldReader fields)
    {
        fields.Array(CommandCodec.RuleFields);
        return fields.Rules();
    }

    /// <summary>Reads what an instrument was listed with, and its fees now.</summary>
    public static ListInstrument ReadListing(ref FieldReader fields, long version)
    {
        fields.Array(version >= OptionsVersion ? LaterInstrumentFields : InstrumentFields);
        return new ListInstrument(
            fields.Text(TextRules.MaxInstrumentSymbol), fields.Asset(), fields.Asset(),
            new DecimalSize(fields.Integer(), fields.Int32()), new DecimalSize(fields.Integer(), fields.Int32()),
            fields.Int32(), fields.Int32());
    }

    /// <summary>Reads what happened to an instrument since it was listed, up to its orders.</summary>
    public static void ReadCourse(ref FieldReader fields, Instrument instrument)
    {
        instrument.Status = fields.Enum(InstrumentStatus.Closed);
        instrument.LastPrice = fields.Integer(0, long.MaxValue);
        instrument.LastTrade = fields.Integer(0, long.MaxValue);
        instrument.Version = fields.Integer(0, long.MaxValue);
        var lastMinute = long.MinValue;
        for (var count = fields.Array(); count > 0; count--)
        {
            fields.Array(BucketFields);
            var bucket = new MinuteBucket
            {
                Minute = fields.Integer(),
                Open = fields.Integer(1, long.MaxValue),
                High = fields.Integer(1, long.MaxValue),
                Low = fields.Integer(1, long.MaxValue),
                Volume = fields.Integer(1, long.MaxValue),
            };
            fields.Expect(bucket.Minute > lastMinute, "the order of minutes");
            lastMinute = bucket.Minute;
            instrument.Day.Add(in bucket);
        }
    }

    /// <summary>Writes an order, open or closed. What is reserved follows from the rest.</summary>
    /// <remarks>Room is asked for once and the position stays in a register: orders are nearly all of a
    /// snapshot.</remarks>
    public static void WriteOrder(
        IBufferWriter<byte> destination, in Order order, in ClientReference reference, in OrderOptions options,
        int version)
    {
        var packed = new PackedSpan(destination.GetSpan(MaxOrderBytes));
        packed.ArrayHeader(version >= OptionsVersion ? OrderFields + 1 : OrderFields);
        packed.Integer(order.Id);
        if (order.HasReference)
        {
            packed.ArrayHeader(3);
            packed.TextOrNil(reference.Id.Bytes);
            packed.Integer(reference.Price);
            packed.Integer(reference.Quantity);
        }
        else
        {
            packed.Nil();
        }

        packed.Integer(order.Account);
        packed.Integer(order.Instrument);
        packed.Integer((long)order.Side);
        packed.Integer((long)order.Type);
        packed.Integer(order.Price);
        packed.Integer(order.Quantity);
        packed.Integer(order.Filled);
        packed.Integer(order.Remaining);
        packed.Wide(order.FilledValue);
        packed.Wide(order.FeeValue);
        packed.Integer((long)order.TimeInForce);
        packed.Boolean(order.IsPostOnly);
        packed.Integer((long)order.SelfTradePrevention);
        packed.Integer((long)order.Status);
        packed.Integer((long)order.Reason);
        packed.Integer(order.MakerFeeBps);
        packed.Integer(order.TakerFeeBps);
        packed.Integer(order.CreatedIndex);
        packed.Integer(order.UpdatedIndex);
        packed.Integer(order.CreatedAt);
        packed.Integer(order.UpdatedAt);
        packed.Integer(order.LastTrade);
        if (order.HasOptions)
        {
            ResultLayout.Options(ref packed, in options);
        }
        else if (version >= OptionsVersion)
        {
            packed.Nil();
        }

        destination.Advance(packed.Length);
    }

    /// <summary>Reads an order.</summary>
    public static void ReadOrder(
        ref FieldReader fields, long version, out Order order, out ClientReference reference,
        out OrderOptions options)
    {
        fields.Array(version >= OptionsVersion ? OrderFields + 1 : OrderFields);
        order = default;
        reference = default;
        order.Id = fields.Integer();
        order.HasReference = !fields.Nil();
        if (order.HasReference)
        {
            fields.Array(3);
            reference.Id = fields.ClientOrderId();
            reference.Price = fields.Integer();
            reference.Quantity = fields.Integer();
            fields.Expect(!reference.Id.IsEmpty, "a client order id");
        }

        order.Account = fields.Int32();
        order.Instrument = fields.Int32();
        order.Side = fields.Enum(Side.Sell);
        order.Type = fields.Enum(OrderType.StopLimit);
        order.Price = fields.Integer();
        var quantity = fields.Integer();
        order.Filled = fields.Integer(0, long.MaxValue);
        order.Remaining = fields.Integer(0, long.MaxValue);
        fields.Expect(order.Quantity == quantity, "the quantity of an order");
        order.FilledValue = fields.Wide();
        order.FeeValue = fields.Wide();
        order.TimeInForce = fields.Enum(TimeInForce.GoodTilDate);
        order.IsPostOnly = fields.Boolean();
        order.SelfTradePrevention = fields.Enum(SelfTradePrevention.None);
        order.Status = fields.Enum(OrderStatus.Pending);
        order.Reason = fields.Enum(StatusReason.SessionEnded);
        order.MakerFeeBps = (short)fields.Integer(-Terms.WholeBps, Terms.WholeBps);
        order.TakerFeeBps = (short)fields.Integer(0, Terms.WholeBps);
        order.CreatedIndex = fields.Integer();
        order.UpdatedIndex = fields.Integer();
        order.CreatedAt = fields.Integer();
        order.UpdatedAt = fields.Integer();
        order.LastTrade = fields.Integer();
        options = default;
        order.HasOptions = version >= OptionsVersion && !fields.Nil();
        if (order.HasOptions)
        {
            ReadOptions(ref fields, in order, out options);
        }

        fields.Expect(
            order.HasOptions || order is { Type: <= OrderType.Market, TimeInForce: <= TimeInForce.FillOrKill },
            "an order without options");
    }

    private static void ReadOptions(ref FieldReader fields, in Order order, out OrderOptions options)
    {
        fields.Array(ResultLayout.OptionFields);
        options.ExpiresAt = fields.Integer(0, long.MaxValue);
        options.Display = fields.Integer(0, long.MaxValue);
        options.StopPrice = fields.Integer(0, long.MaxValue);
        options.QuoteUnits = fields.Integer(0, long.MaxValue);
        options.Hidden = fields.Integer(0, long.MaxValue);
        fields.Expect(
            options.ExpiresAt != 0 == (order.TimeInForce == TimeInForce.GoodTilDate)
                && options.StopPrice != 0 == order.Type >= OrderType.Stop
                && (options.Display == 0 || !order.IsMarket)
                && (options.QuoteUnits == 0 || order is { IsMarket: true, Side: Side.Buy, Remaining: 0 })
                && options.Hidden <= (options.Display == 0 ? 0 : Math.Max(0, order.Remaining - 1)),
            "the options of an order");
    }

    /// <summary>Writes a trade; its id follows from its place.</summary>
    public static void WriteTrade(ref MessagePackWriter writer, in TradeRecord trade)
    {
        writer.WriteArrayHeader(TradeFields);
        writer.WriteInteger(trade.Instrument);
        writer.WriteInteger((long)trade.TakerSide);
        writer.WriteInteger(trade.Price);
        writer.WriteInteger(trade.Quantity);
        writer.WriteInteger(trade.MakerOrder);
        writer.WriteInteger(trade.TakerOrder);
        writer.WriteInteger(trade.MakerFee);
        writer.WriteInteger(trade.TakerFee);
        writer.WriteInteger(trade.Index);
        writer.WriteInteger(trade.At);
        writer.WriteInteger(trade.PreviousOfMaker);
        writer.WriteInteger(trade.PreviousOfTaker);
        writer.WriteInteger(trade.PreviousOfInstrument);
    }

    /// <summary>Reads a trade.</summary>
    public static void ReadTrade(ref FieldReader fields, out TradeRecord trade)
    {
        fields.Array(TradeFields);
        trade = default;
        trade.Instrument = fields.Int32();
        trade.TakerSide = fields.Enum(Side.Sell);
        trade.Price = fields.Integer();
        trade.Quantity = fields.Integer();
        trade.MakerOrder = fields.Integer();
        trade.TakerOrder = fields.Integer();
        trade.MakerFee = fields.Integer();
        trade.TakerFee = fields.Integer();
        trade.Index = fields.Integer();
        trade.At = fields.Integer();
        trade.PreviousOfMaker = fields.Integer();
        trade.PreviousOfTaker = fields.Integer();
        trade.PreviousOfInstrument = fields.Integer();
    }

    /// <summary>Writes a remembered request.</summary>
    public static void WriteRequest(
        ref MessagePackWriter writer, in RequestEntry entry, ReadOnlySpan<byte> key, ReadOnlySpan<byte> result)
    {
        Span<byte> content = stackalloc byte[ContentBytes];
        BinaryPrimitives.WriteUInt128BigEndian(content, entry.Content);
        writer.WriteArrayHeader(RequestFields);
        writer.WriteInteger(entry.User);
        writer.WriteText(key);
        writer.WriteBytes(content);
        writer.WriteInteger(entry.Index);
        writer.WriteInteger(entry.At);
        writer.WriteInteger(entry.Reason);
        writer.WriteBytes(result);
    }

    /// <summary>Reads a remembered request.</summary>
    public static void ReadRequest(
        ref FieldReader fields, out RequestEntry entry, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> result)
    {
        fields.Array(RequestFields);
        entry = default;
        entry.User = fields.Integer();
        key = fields.Utf8();
        fields.Expect(RequestKey.TryCreate(key, out _) && !key.IsEmpty, "a request key");
        var content = fields.Bytes();
        fields.Expect(content.Length == ContentBytes, "the hash of a request");
        entry.Content = BinaryPrimitives.ReadUInt128BigEndian(content);
        entry.Index = fields.Integer(1, long.MaxValue);
        entry.At = fields.Integer();
        entry.Reason = (byte)fields.Enum(ResultLayout.LastReason);
        result = fields.Bytes();
    }
}
