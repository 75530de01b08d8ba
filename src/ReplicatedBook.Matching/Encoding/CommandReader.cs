using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Reads commands. They come from outside, so nothing throws: what is not exactly as written is
/// refused.</summary>
internal static partial class CommandReader
{
    /// <summary>Reads all that stands before the content, and checks that as many fields follow as the kind
    /// has.</summary>
    public static bool TryReadHeader(scoped ref MessagePackReader reader, out CommandKind kind, out Envelope header)
    {
        header = default;
        kind = default;
        if (!reader.TryReadArrayHeader(out var count)
            || !reader.TryReadInteger(out var version) || version is < 1 or > CommandCodec.Version
            || !reader.TryReadInteger(out var number)
            || number is < 1 or > (long)CommandKind.RenewOrderSessions
            || !reader.TryReadInteger(out var user)
            || !TryReadName(ref reader, RequestKey.MaxLength, out header.Key)
            || !reader.TryReadInteger(out header.Deadline))
        {
            return false;
        }

        kind = (CommandKind)number;
        header.Version = (int)version;
        header.User = new UserId(user);
        return count == CommandCodec.HeaderFields + (version switch
        {
            1 => FieldsOf(kind),
            2 => FieldsOfSecondVersion(kind),
            CommandCodec.SessionVersion => FieldsInSession(kind),
            _ => kind == CommandKind.PlaceBatch ? 1 : -CommandCodec.HeaderFields,
        });
    }

    /// <summary>Reads the content of a PlaceOrder, or one item of a PlaceBatch behind its array header.</summary>
    public static bool TryReadOrder(ref MessagePackReader reader, int version, out OrderTicket order)
    {
        var (lastType, lastTimeInForce) = version == 1
            ? (OrderType.Market, TimeInForce.FillOrKill)
            : (OrderType.StopLimit, TimeInForce.GoodTilDate);
        order = default;
        return reader.TryReadInteger(out order.Account)
            && TryReadName(ref reader, ClientOrderId.MaxLength, out var name)
            && (name.IsEmpty || ClientOrderId.TryCreate(name, out order.ClientOrderId))
            && TryReadInt32(ref reader, out order.Instrument)
            && TryReadEnum(ref reader, Side.Sell, out order.Side)
            && TryReadEnum(ref reader, lastType, out order.Type)
            && reader.TryReadInteger(out order.Price)
            && reader.TryReadInteger(out order.Lots)
            && TryReadEnum(ref reader, lastTimeInForce, out order.TimeInForce)
            && reader.TryReadBoolean(out order.IsPostOnly)
            && TryReadEnum(ref reader, SelfTradePrevention.None, out order.SelfTradePrevention)
            && (version == 1
                ? order.Type == OrderType.Limit || order.Price == 0
                : TryReadOptions(ref reader, in order, out order.Options));
    }

    /// <summary>Reads an order's options, which must go with the rest of it.</summary>
    private static bool TryReadOptions(ref MessagePackReader reader, in OrderTicket order, out OrderOptions options)
    {
        options = default;
        var isRead = reader.TryReadInteger(out options.ExpiresAt) & reader.TryReadInteger(out options.Display)
            & reader.TryReadInteger(out options.StopPrice) & reader.TryReadInteger(out options.QuoteUnits);
        var isLimit = order.Type is OrderType.Limit or OrderType.StopLimit;
        var isGoodTilDate = order.TimeInForce == TimeInForce.GoodTilDate;
        var rests = isLimit && order.TimeInForce is TimeInForce.GoodTilCanceled or TimeInForce.GoodTilDate;
        return isRead
            && isGoodTilDate == (options.ExpiresAt != 0) && !(isGoodTilDate && order.Type == OrderType.Market)
            && order.Type >= OrderType.Stop == (options.StopPrice != 0)
            && (options.Display == 0 || rests)
            && (options.QuoteUnits == 0
                || (!isLimit && order.Side == Side.Buy && order.Lots == 0
                    && order.TimeInForce != TimeInForce.FillOrKill));
    }

    /// <summary>Reads an instrument's rules.</summary>
    public static bool TryReadRules(ref MessagePackReader reader, out OrderRules rules)
    {
        var isRead = reader.TryReadInteger(out var minNotional) & reader.TryReadInteger(out var maxQuantity)
            & TryReadInt32(ref reader, out var priceBandBps);
        rules = new OrderRules(minNotional, maxQuantity, priceBandBps);
        return isRead;
    }

    /// <summary>Reads the content of a PlaceBatch; keeps as many orders as fit.</summary>
    public static bool TryReadBatch(
        ref MessagePackReader reader, int version, Span<OrderTicket> orders, out int count, out bool isAtomic)
    {
        var fieldsOfOrder = CommandCodec.OrderFields + (version == 1 ? 0 : CommandCodec.OptionFields);
        isAtomic = false;
        if (!reader.TryReadArrayHeader(out count))
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            OrderTicket surplus = default;
            ref var order = ref i < orders.Length ? ref orders[i] : ref surplus;
            if (!reader.TryReadArrayHeader(out var fields) || fields != fieldsOfOrder
                || !TryReadOrder(ref reader, version, out order))
            {
                return false;
            }
        }

        return (version == 1 || reader.TryReadBoolean(out isAtomic)) && reader.IsAtEnd;
    }

    /// <summary>Reads the content of an AmendOrder.</summary>
    public static bool TryRead(ref MessagePackReader reader, out AmendOrder command)
    {
        var isRead = reader.TryReadInteger(out var account) & reader.TryReadInteger(out var order)
            & reader.TryReadInteger(out var price) & reader.TryReadInteger(out var quantity)
            & reader.TryReadInteger(out var expected);
        command = new AmendOrder(
            new AccountId(account), new OrderId(order), new Price(price), new Quantity(quantity),
            new Quantity(expected));
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a CancelOrder.</summary>
    public static bool TryReadCancel(
        scoped ref MessagePackReader reader, out long account, out long order, out ReadOnlySpan<byte> clientOrderId)
    {
        clientOrderId = default;
        return reader.TryReadInteger(out account) & reader.TryReadInteger(out order)
            && TryReadName(ref reader, ClientOrderId.MaxLength, out clientOrderId) && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a CancelOrders.</summary>
    public static bool TryRead(ref MessagePackReader reader, out CancelOrders command)
    {
        command = default;
        if (!reader.TryReadInteger(out var account) || !TryReadInt32(ref reader, out var instrument))
        {
            return false;
        }

        Side? side = null;
        if (!reader.TryReadNil())
        {
            if (!TryReadEnum(ref reader, Side.Sell, out var given))
            {
                return false;
            }

            side = given;
        }

        command = new CancelOrders(new AccountId(account), new InstrumentId(instrument), side);
        return reader.IsAtEnd;
    }

    /// <summary>Reads the content of a Deposit or Withdraw: account, asset, amount, reference.</summary>
    public static bool TryReadPosting(
        ref MessagePackReader reader, out AccountId account, out AssetId asset, out Amount amount,
        out ReadOnlySpan<byte> reference)
    {
        reference = default;
        var isRead = reader.TryReadInteger(out var accountNumber) & TryReadInt32(ref reader, out var assetNumber)
            & reader.TryReadInteger(out var units) && reader.TryReadText(out reference);
        (account, asset, amount) = (new AccountId(accountNumber), new AssetId(assetNumber), new Amount(units));
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads an integer of 32 bits.</summary>
    public static bool TryReadInt32(ref MessagePackReader reader, out int value)
    {
        var isRead = reader.TryReadInteger(out var number);
        value = (int)number;
        return isRead && value == number;
    }

    /// <summary>Reads a value of an enumeration that starts at 0 and has no gaps.</summary>
    public static bool TryReadEnum<T>(ref MessagePackReader reader, T last, out T value)
        where T : unmanaged, Enum
    {
        var isRead = reader.TryReadInteger(out var number);
        value = Unsafe.BitCast<byte, T>((byte)number);
        return isRead && (ulong)number <= Unsafe.BitCast<T, byte>(last);
    }

    private static int FieldsOf(CommandKind kind) => kind switch
    {
        CommandKind.CreateAsset => 2,
        CommandKind.CreateAccount or CommandKind.PlaceBatch or CommandKind.SetFeatureLevel => 1,
        CommandKind.Deposit or CommandKind.Withdraw => 4,
        CommandKind.UpdateInstrument or CommandKind.SetInstrumentStatus => 4,
        CommandKind.ListInstrument => 9,
        CommandKind.PlaceOrder => CommandCodec.OrderFields,
        CommandKind.AmendOrder => 5,
        CommandKind.Tick => 0,
        CommandKind.SetCancelAfter => 2,
        CommandKind.OpenOrderSession => 4,
        CommandKind.CloseOrderSession => 1,
        CommandKind.RenewOrderSessions => 2,
        >= CommandKind.Audited => FieldsOfIdentity(kind),
        >= CommandKind.CreateBettingMarket => FieldsOfBetting(kind),
        >= CommandKind.CreatePredictionMarket => FieldsOfPrediction(kind),
        _ => 3,
    };

    private static int FieldsOfSecondVersion(CommandKind kind) => kind switch
    {
        CommandKind.PlaceOrder => CommandCodec.OrderFields + CommandCodec.OptionFields,
        CommandKind.PlaceBatch => 2,
        CommandKind.ListInstrument or CommandKind.UpdateInstrument => FieldsOf(kind) + CommandCodec.RuleFields,
        _ => -CommandCodec.HeaderFields, // There is none.
    };

    private static int FieldsInSession(CommandKind kind) => kind switch
    {
        CommandKind.PlaceOrder => CommandCodec.OrderFields + CommandCodec.OptionFields + 1,
        CommandKind.PlaceBatch => 3,
        CommandKind.PlaceBet => CommandCodec.BetFields + 1,
        _ => -CommandCodec.HeaderFields, // There is none.
    };

    /// <summary>Reads nil, or a request key or client order id: characters without spaces.</summary>
    private static bool TryReadName(scoped ref MessagePackReader reader, int maxLength, out ReadOnlySpan<byte> name)
    {
        name = default;
        return reader.TryReadNil()
            || (reader.TryReadText(out name) && name.Length >= 1 && name.Length <= maxLength
                && name.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E) < 0);
    }
}
