using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Writes results: arrays of version, shape and what the shape says.</summary>
internal static partial class ResultLayout
{
    /// <summary>Version of the layout of a result that says what the first builds could say.</summary>
    public const int FirstVersion = 1;

    /// <summary>Version of an order with options, of an instrument with rules, and of what came with them.</summary>
    public const int Version = 2;

    /// <summary>Version of what came with prediction markets.</summary>
    public const int PredictionVersion = 3;

    /// <summary>The last reason that this build gives.</summary>
    public const RejectReason LastReason = RejectReason.LeaseOutOfRange;

    /// <summary>Most bytes of a result without lists: a label or symbol and a dozen numbers.</summary>
    public const int MaxScalars = 256;

    /// <summary>Most bytes of a result with an order, without its fills.</summary>
    public const int MaxOrder = 320;

    /// <summary>Most bytes of one fill.</summary>
    public const int MaxFill = 64;

    /// <summary>Most bytes of a result with an instrument, without canceled orders.</summary>
    public const int MaxInstrument = 384;

    /// <summary>Fields of an order.</summary>
    public const int OrderFields = 21;

    /// <summary>Fields of an order's options, which follow the order in version 2.</summary>
    public const int OptionFields = 5;

    /// <summary>Fields of a fill.</summary>
    public const int FillFields = 6;

    /// <summary>Fields of an instrument.</summary>
    public const int InstrumentFields = 13;

    /// <summary>Most bytes of a result with a session of orders.</summary>
    public const int OrderSessionBytes = 32;

    /// <summary>A session of orders.</summary>
    /// <param name="packed">Where to write.</param>
    /// <param name="session">Its number; 0 for sessions that were renewed.</param>
    /// <param name="count">How many of its orders and bets this entry has canceled, or how many were renewed.</param>
    public static void OrderSession(ref PackedSpan packed, long session, int count)
    {
        Begin(ref packed, ResultShape.OrderSession, fields: 2);
        packed.Integer(session);
        packed.Integer(count);
    }

    /// <summary>A refusal with nothing but its reason.</summary>
    public static void Refusal(ref PackedSpan packed, RejectReason reason)
    {
        Begin(ref packed, ResultShape.Refusal, fields: 1);
        packed.Integer((long)reason);
    }

    /// <summary>Insufficient funds.</summary>
    public static void Shortfall(ref PackedSpan packed, long needed, long available, int asset)
    {
        Begin(ref packed, ResultShape.Shortfall, fields: 3);
        packed.Integer(needed);
        packed.Integer(available);
        packed.Integer(asset);
    }

    /// <summary>What stands before an order and its fills.</summary>
    public static void BeginOrder(ref PackedSpan packed, RejectReason reason, bool isExisting, bool hasOptions)
    {
        Begin(
            ref packed, ResultShape.Order, hasOptions ? 5 : 4, hasOptions ? Version : FirstVersion);
        packed.Integer((long)reason); // More than 127 of them may come.
        packed.Boolean(isExisting);
    }

    /// <summary>An order as readers see it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Order(ref PackedSpan destination, in Order order, scoped ReadOnlySpan<byte> clientOrderId)
    {
        var packed = destination; // A local stays in registers over all these fields.
        packed.ArrayHeader(OrderFields);
        packed.Integer(order.Id);
        packed.TextOrNil(clientOrderId);
        packed.Integers(order.Account, order.Instrument);
        packed.Small((byte)order.Side, (byte)order.Type);
        packed.Integers(order.Price, order.Quantity, order.Filled, order.IsOpen ? order.Remaining : 0);
        packed.Wide(order.FilledValue);
        packed.Small((byte)order.TimeInForce);
        packed.Boolean(order.IsPostOnly);
        packed.Small((byte)order.SelfTradePrevention, (byte)order.Status);
        packed.Small((byte)order.Reason);
        packed.Integers(order.Reserved, order.CreatedIndex, order.UpdatedIndex);
        packed.Integers(order.CreatedAt, order.UpdatedAt);
        destination = packed;
    }

    /// <summary>An order's options.</summary>
    public static void Options(ref PackedSpan packed, in OrderOptions options)
    {
        packed.ArrayHeader(OptionFields);
        packed.Integer(options.ExpiresAt);
        packed.Integer(options.Display);
        packed.Integer(options.StopPrice);
        packed.Integer(options.QuoteUnits);
        packed.Integer(options.Hidden);
    }

    /// <summary>A trade as one of its orders sees it.</summary>
    /// <param name="packed">Where to write.</param>
    /// <param name="id">The trade's id.</param>
    /// <param name="trade">The trade.</param>
    /// <param name="order">The order's id.</param>
    /// <param name="price">The trade's price in the order's terms.</param>
    public static void Fill(ref PackedSpan packed, long id, in TradeRecord trade, long order, long price)
    {
        var isTaker = order == trade.TakerOrder;
        packed.ArrayHeader(FillFields);
        packed.Integers(id, price, trade.Quantity);
        packed.Boolean(isTaker);
        packed.Integers(isTaker ? trade.TakerFee : trade.MakerFee, trade.MakerOrder);
    }

    /// <summary>What stands before the results of a batch.</summary>
    public static void BeginBatch(ref PackedSpan packed, int count)
    {
        Begin(ref packed, ResultShape.Batch, fields: 1);
        packed.ArrayHeader(count);
    }

    /// <summary>What stands before the ids of a mass cancel.</summary>
    public static void BeginCanceled(ref PackedSpan packed) => Begin(ref packed, ResultShape.Canceled, fields: 1);

    /// <summary>An account.</summary>
    public static void Account(ref PackedSpan packed, int id, long user, in AccountDetails account)
    {
        Begin(ref packed, ResultShape.Account, fields: 5);
        packed.Integer(id);
        packed.Integer(user);
        Text(ref packed, account.Label);
        packed.Integer(account.CreatedIndex);
        packed.Integer(account.CreatedAt);
    }

    /// <summary>An asset.</summary>
    public static void Asset(ref PackedSpan packed, int id, Asset asset)
    {
        Begin(ref packed, ResultShape.Asset, fields: 1);
        AssetItself(ref packed, id, asset);
    }

    /// <summary>An instrument, up to the ids of canceled orders.</summary>
    public static void Instrument(ref PackedSpan packed, Instrument instrument, Asset baseAsset, Asset quoteAsset)
    {
        Begin(
            ref packed, ResultShape.Instrument, instrument.HasRules ? 3 : 2,
            instrument.HasRules ? Version : FirstVersion);
        packed.ArrayHeader(InstrumentFields);
        packed.Integer(instrument.Id);
        Text(ref packed, instrument.Symbol);
        AssetItself(ref packed, instrument.BaseAsset, baseAsset);
        AssetItself(ref packed, instrument.QuoteAsset, quoteAsset);
        packed.Integer(instrument.TickSize.Mantissa);
        packed.Integer(instrument.TickSize.Scale);
        packed.Integer(instrument.LotSize.Mantissa);
        packed.Integer(instrument.LotSize.Scale);
        packed.Integer(instrument.MakerFeeBps);
        packed.Integer(instrument.TakerFeeBps);
        packed.Integer((long)instrument.Status);
        packed.Integer(instrument.LastPrice);
        packed.Integer(instrument.Version);
        if (instrument.HasRules)
        {
            packed.ArrayHeader(CommandCodec.RuleFields);
            packed.Integer(instrument.Rules.MinNotional);
            packed.Integer(instrument.Rules.MaxQuantity);
            packed.Integer(instrument.Rules.PriceBandBps);
        }
    }

    /// <summary>A dead man's switch.</summary>
    public static void CancelAfter(ref PackedSpan packed, int account, long at)
    {
        Begin(ref packed, ResultShape.CancelAfter, fields: 2, Version);
        packed.Integer(account);
        packed.Integer(at);
    }

    /// <summary>A posting.</summary>
    public static void Ledger(ref PackedSpan packed, long id, int account, in Balance balance)
    {
        Begin(ref packed, ResultShape.Ledger, fields: 5);
        packed.Integer(id);
        packed.Integer(account);
        packed.Integer(balance.Asset);
        packed.Integer(balance.Available);
        packed.Integer(balance.Reserved);
    }

    /// <summary>An asset within a result.</summary>
    public static void AssetItself(ref PackedSpan packed, int id, Asset asset)
    {
        packed.ArrayHeader(3);
        packed.Integer(id);
        Text(ref packed, asset.Symbol);
        packed.Integer(asset.Scale);
    }

    /// <summary>What stands before every result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Begin(ref PackedSpan packed, ResultShape shape, int fields, int version = FirstVersion)
    {
        packed.ArrayHeader(2 + fields, (byte)version, (byte)shape);
    }

    /// <summary>Names and labels in the state are at most 64 characters of ASCII.</summary>
    public static void Text(ref PackedSpan packed, string text)
    {
        Span<byte> ascii = stackalloc byte[TextRules.MaxText];
        packed.Text(ascii[..System.Text.Encoding.ASCII.GetBytes(text, ascii)]);
    }
}
