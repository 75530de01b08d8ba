using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Reads commands. They come from outside, so nothing throws: what is not exactly as written is
/// refused.</summary>
internal static class CommandReader
{
    /// <summary>Reads all that stands before the content, and checks that as many fields follow as the kind
    /// has.</summary>
    public static bool TryReadHeader(ref MessagePackReader reader, out CommandKind kind, out CommandHeader header)
    {
        header = default;
        kind = default;
        if (!reader.TryReadArrayHeader(out var count)
            || !reader.TryReadInteger(out var version) || version != CommandCodec.Version
            || !reader.TryReadInteger(out var number) || number is < 1 or > (long)CommandKind.CancelOrders
            || !reader.TryReadInteger(out var user)
            || !TryReadKey(ref reader, out var key)
            || !reader.TryReadInteger(out var deadline))
        {
            return false;
        }

        kind = (CommandKind)number;
        header = new CommandHeader(new UserId(user), key, new Timestamp(deadline));
        return count == CommandCodec.HeaderFields + FieldsOf(kind);
    }

    /// <summary>Reads the content of a PlaceOrder, or one item of a PlaceBatch behind its array header.</summary>
    public static bool TryRead(ref MessagePackReader reader, out PlaceOrder command)
    {
        command = default;
        if (!reader.TryReadInteger(out var account)
            || !TryReadClientOrderId(ref reader, out var clientOrderId)
            || !TryReadInt32(ref reader, out var instrument)
            || !TryReadEnum(ref reader, Side.Sell, out var side)
            || !TryReadEnum(ref reader, OrderType.Market, out var type)
            || !reader.TryReadInteger(out var price)
            || !reader.TryReadInteger(out var quantity)
            || !TryReadEnum(ref reader, TimeInForce.FillOrKill, out var timeInForce)
            || !reader.TryReadBoolean(out var isPostOnly)
            || !TryReadEnum(ref reader, SelfTradePrevention.None, out var selfTradePrevention)
            || (type == OrderType.Market && price != 0))
        {
            return false;
        }

        command = new PlaceOrder(
            new AccountId(account), clientOrderId, new InstrumentId(instrument), side, type, new Price(price),
            new Quantity(quantity), timeInForce, isPostOnly, selfTradePrevention);
        return true;
    }

    /// <summary>Reads the content of a PlaceBatch; keeps as many orders as fit.</summary>
    public static bool TryReadBatch(ref MessagePackReader reader, Span<PlaceOrder> orders, out int count)
    {
        if (!reader.TryReadArrayHeader(out count))
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadArrayHeader(out var fields) || fields != CommandCodec.OrderFields
                || !TryRead(ref reader, out PlaceOrder order))
            {
                return false;
            }

            if (i < orders.Length)
            {
                orders[i] = order;
            }
        }

        return reader.IsAtEnd;
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
    public static bool TryRead(ref MessagePackReader reader, out CancelOrder command)
    {
        var isRead = reader.TryReadInteger(out var account) & reader.TryReadInteger(out var order);
        isRead &= TryReadClientOrderId(ref reader, out var clientOrderId);
        command = new CancelOrder(new AccountId(account), new OrderId(order), clientOrderId);
        return isRead && reader.IsAtEnd;
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
        CommandKind.CreateAccount or CommandKind.PlaceBatch => 1,
        CommandKind.Deposit or CommandKind.Withdraw => 4,
        CommandKind.UpdateInstrument or CommandKind.SetInstrumentStatus => 4,
        CommandKind.ListInstrument => 9,
        CommandKind.PlaceOrder => CommandCodec.OrderFields,
        CommandKind.AmendOrder => 5,
        _ => 3,
    };

    private static bool TryReadKey(ref MessagePackReader reader, out RequestKey key)
    {
        key = default;
        return reader.TryReadNil()
            || (reader.TryReadText(out var text) && RequestKey.TryCreate(text, out key) && !key.IsEmpty);
    }

    private static bool TryReadClientOrderId(ref MessagePackReader reader, out ClientOrderId id)
    {
        id = default;
        return reader.TryReadNil()
            || (reader.TryReadText(out var text) && ClientOrderId.TryCreate(text, out id) && !id.IsEmpty);
    }
}
