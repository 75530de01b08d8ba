using System.Buffers;
using ReplicatedBook.Matching.Commands;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Commands of sessions of orders, and those that place in one.</content>
public static partial class CommandCodec
{
    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in OpenOrderSession command)
    {
        var writer = Begin(destination, CommandKind.OpenOrderSession, in header, fields: 4);
        writer.WriteText(command.Node);
        writer.WriteInteger(command.Incarnation);
        writer.WriteInteger(command.Lease);
        writer.WriteInteger(command.Grace);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CloseOrderSession command)
    {
        var writer = Begin(destination, CommandKind.CloseOrderSession, in header, fields: 1);
        writer.WriteInteger(command.Session.Value);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in RenewOrderSessions command)
    {
        var writer = Begin(destination, CommandKind.RenewOrderSessions, in header, fields: 2);
        writer.WriteText(command.Node);
        writer.WriteInteger(command.Incarnation);
        writer.Flush();
    }

    private static void WriteInSession(
        IBufferWriter<byte> destination, in CommandHeader header, in PlaceOrder command)
    {
        var writer = Begin(
            destination, CommandKind.PlaceOrder, in header, OrderFields + OptionFields + 1, SessionVersion);
        WriteOrder(ref writer, in command, hasOptions: true);
        writer.WriteInteger(command.Session.Value);
        writer.Flush();
    }

    private static void WriteInSession(IBufferWriter<byte> destination, in CommandHeader header, in PlaceBet command)
    {
        var writer = Begin(destination, CommandKind.PlaceBet, in header, BetFields + 1, SessionVersion);
        WriteBet(ref writer, in command);
        writer.WriteInteger(command.Session.Value);
        writer.Flush();
    }

    private static void WriteInSession(
        IBufferWriter<byte> destination, in CommandHeader header, in PlaceBatch command)
    {
        var writer = Begin(destination, CommandKind.PlaceBatch, in header, fields: 3, SessionVersion);
        writer.WriteArrayHeader(command.Orders.Count);
        for (var i = 0; i < command.Orders.Count; i++)
        {
            WriteItem(ref writer, command.Orders[i]);
        }

        writer.WriteBoolean(command.IsAtomic);
        writer.WriteInteger(command.Session.Value);
        writer.Flush();
    }

    /// <summary>Writes an order as an item of a batch that might have bets.</summary>
    private static void WriteItem(ref MessagePackWriter writer, in PlaceOrder order)
    {
        writer.WriteArrayHeader(1 + OrderFields + OptionFields);
        writer.WriteInteger((long)CommandKind.PlaceOrder);
        WriteOrder(ref writer, in order, hasOptions: true);
    }
}
