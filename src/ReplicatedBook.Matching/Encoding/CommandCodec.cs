using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Commands as canonical MessagePack; layouts in README.md of this folder.</summary>
public static partial class CommandCodec
{
    /// <summary>Latest version of the layouts. A command that version 1 can hold is written in that, so that its bytes
    /// do not depend on the build.</summary>
    internal const int Version = 4;

    /// <summary>Version of a batch that may have bets; no other command has one.</summary>
    internal const int MixedVersion = 3;

    /// <summary>Version of what places orders and bets in a session; no other command has one.</summary>
    internal const int SessionVersion = 4;

    /// <summary>Fields before the content: version, kind, user, key, deadline.</summary>
    internal const int HeaderFields = 5;

    /// <summary>Fields of an order, in PlaceOrder and in each item of PlaceBatch.</summary>
    internal const int OrderFields = 10;

    /// <summary>Fields of an order's options, which follow those in version 2.</summary>
    internal const int OptionFields = 4;

    /// <summary>Fields of an instrument's rules.</summary>
    internal const int RuleFields = 3;

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CreateAsset command)
    {
        var writer = Begin(destination, CommandKind.CreateAsset, in header, fields: 2);
        writer.WriteText(command.Symbol);
        writer.WriteInteger(command.Scale);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CreateAccount command)
    {
        var writer = Begin(destination, CommandKind.CreateAccount, in header, fields: 1);
        writer.WriteText(command.Label);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in Deposit command)
    {
        var writer = Begin(destination, CommandKind.Deposit, in header, fields: 4);
        writer.WriteInteger(command.Account.Value);
        writer.WriteInteger(command.Asset.Value);
        writer.WriteInteger(command.Amount.Units);
        writer.WriteText(command.Reference);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in Withdraw command)
    {
        var writer = Begin(destination, CommandKind.Withdraw, in header, fields: 4);
        writer.WriteInteger(command.Account.Value);
        writer.WriteInteger(command.Asset.Value);
        writer.WriteInteger(command.Amount.Units);
        writer.WriteText(command.Reference);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in ListInstrument command)
    {
        var hasRules = command.Rules != default;
        var writer = Begin(
            destination, CommandKind.ListInstrument, in header, hasRules ? 9 + RuleFields : 9, hasRules ? 2 : 1);
        writer.WriteText(command.Symbol);
        writer.WriteInteger(command.Base.Value);
        writer.WriteInteger(command.Quote.Value);
        writer.WriteInteger(command.TickSize.Mantissa);
        writer.WriteInteger(command.TickSize.Scale);
        writer.WriteInteger(command.LotSize.Mantissa);
        writer.WriteInteger(command.LotSize.Scale);
        writer.WriteInteger(command.MakerFeeBps);
        writer.WriteInteger(command.TakerFeeBps);
        if (hasRules)
        {
            WriteRules(ref writer, command.Rules);
        }

        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in UpdateInstrument command)
    {
        var hasRules = command.Rules is not null;
        var writer = Begin(
            destination, CommandKind.UpdateInstrument, in header, hasRules ? 4 + RuleFields : 4, hasRules ? 2 : 1);
        writer.WriteInteger(command.Instrument.Value);
        writer.WriteInteger(command.MakerFeeBps);
        writer.WriteInteger(command.TakerFeeBps);
        writer.WriteInteger(command.ExpectedVersion);
        if (command.Rules is { } rules)
        {
            WriteRules(ref writer, rules);
        }

        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in SetInstrumentStatus command)
    {
        var writer = Begin(destination, CommandKind.SetInstrumentStatus, in header, fields: 4);
        writer.WriteInteger(command.Instrument.Value);
        writer.WriteInteger((long)command.Status);
        writer.WriteBoolean(command.CancelOpenOrders);
        writer.WriteInteger(command.ExpectedVersion);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in PlaceOrder command)
    {
        if (command.Session.Value != 0)
        {
            WriteInSession(destination, in header, in command);
            return;
        }

        var fields = command.HasOptions ? OrderFields + OptionFields : OrderFields;
        var writer = Begin(destination, CommandKind.PlaceOrder, in header, fields, command.HasOptions ? 2 : 1);
        WriteOrder(ref writer, in command, command.HasOptions);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in PlaceBatch command)
    {
        if (command.Session.Value != 0)
        {
            WriteInSession(destination, in header, in command);
            return;
        }

        var hasOptions = command.HasOptions;
        var writer = Begin(
            destination, CommandKind.PlaceBatch, in header, hasOptions ? 2 : 1, version: hasOptions ? 2 : 1);
        writer.WriteArrayHeader(command.Orders.Count);
        for (var i = 0; i < command.Orders.Count; i++)
        {
            writer.WriteArrayHeader(hasOptions ? OrderFields + OptionFields : OrderFields);
            WriteOrder(ref writer, command.Orders[i], hasOptions);
        }

        if (hasOptions)
        {
            writer.WriteBoolean(command.IsAtomic);
        }

        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in AmendOrder command)
    {
        var writer = Begin(destination, CommandKind.AmendOrder, in header, fields: 5);
        writer.WriteInteger(command.Account.Value);
        writer.WriteInteger(command.Order.Value);
        writer.WriteInteger(command.LimitPrice.Ticks);
        writer.WriteInteger(command.Quantity.Lots);
        writer.WriteInteger(command.ExpectedRemaining.Lots);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CancelOrder command)
    {
        var writer = Begin(destination, CommandKind.CancelOrder, in header, fields: 3);
        writer.WriteInteger(command.Account.Value);
        writer.WriteInteger(command.Order.Value);
        WriteTextOrNil(ref writer, command.ClientOrderId.Bytes);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CancelOrders command)
    {
        var writer = Begin(destination, CommandKind.CancelOrders, in header, fields: 3);
        writer.WriteInteger(command.Account.Value);
        writer.WriteInteger(command.Instrument.Value);
        if (command.Side is { } side)
        {
            writer.WriteInteger((long)side);
        }
        else
        {
            writer.WriteNil();
        }

        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in SetFeatureLevel command)
    {
        var writer = Begin(destination, CommandKind.SetFeatureLevel, in header, fields: 1);
        writer.WriteInteger(command.Level);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in Tick command) =>
        Begin(destination, CommandKind.Tick, in header, fields: 0).Flush();

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in SetCancelAfter command)
    {
        var writer = Begin(destination, CommandKind.SetCancelAfter, in header, fields: 2);
        writer.WriteInteger(command.Account.Value);
        writer.WriteInteger(command.Timeout);
        writer.Flush();
    }

    /// <summary>The kind of an encoded command; null when the bytes are none.</summary>
    /// <remarks>Looks at the header only: a command that is damaged behind it still has a kind.</remarks>
    public static CommandKind? KindOf(ReadOnlySpan<byte> command)
    {
        var reader = new MessagePackReader(command);
        return CommandReader.TryReadHeader(ref reader, out var kind, out _) ? kind : null;
    }

    /// <summary>Who sent an encoded command; null when the bytes are none.</summary>
    /// <remarks>Looks at the header only.</remarks>
    public static UserId? UserOf(ReadOnlySpan<byte> command)
    {
        var reader = new MessagePackReader(command);
        return CommandReader.TryReadHeader(ref reader, out _, out var header) ? header.User : null;
    }

    private static MessagePackWriter Begin(
        IBufferWriter<byte> destination, CommandKind kind, in CommandHeader header, int fields, int version = 1)
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteArrayHeader(HeaderFields + fields);
        writer.WriteInteger(version);
        writer.WriteInteger((long)kind);
        writer.WriteInteger(header.User.Value);
        WriteTextOrNil(ref writer, header.Key.Bytes);
        writer.WriteInteger(header.Deadline.Microseconds);
        return writer;
    }

    /// <summary>Writes the fields of an instrument's rules.</summary>
    internal static void WriteRules(ref MessagePackWriter writer, in OrderRules rules)
    {
        writer.WriteInteger(rules.MinNotional);
        writer.WriteInteger(rules.MaxQuantity);
        writer.WriteInteger(rules.PriceBandBps);
    }

    private static void WriteOrder(ref MessagePackWriter writer, in PlaceOrder order, bool hasOptions)
    {
        writer.WriteInteger(order.Account.Value);
        WriteTextOrNil(ref writer, order.ClientOrderId.Bytes);
        writer.WriteInteger(order.Instrument.Value);
        writer.WriteInteger((long)order.Side);
        writer.WriteInteger((long)order.Type);
        writer.WriteInteger(order.LimitPrice.Ticks);
        writer.WriteInteger(order.Quantity.Lots);
        writer.WriteInteger((long)order.TimeInForce);
        writer.WriteBoolean(order.IsPostOnly);
        writer.WriteInteger((long)order.SelfTradePrevention);
        if (hasOptions)
        {
            writer.WriteInteger(order.ExpiresAt.Microseconds);
            writer.WriteInteger(order.DisplayQuantity.Lots);
            writer.WriteInteger(order.StopPrice.Ticks);
            writer.WriteInteger(order.QuoteQuantity.Units);
        }
    }

    private static void WriteTextOrNil(ref MessagePackWriter writer, scoped ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            writer.WriteNil();
        }
        else
        {
            writer.WriteText(text);
        }
    }
}
