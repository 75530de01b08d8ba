using System.Buffers;
using ReplicatedBook.Matching.Commands;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Commands of prediction markets.</content>
public static partial class CommandCodec
{
    /// <summary>Writes a command with its header.</summary>
    public static void Write(
        IBufferWriter<byte> destination, in CommandHeader header, in CreatePredictionMarket command)
    {
        var writer = Begin(destination, CommandKind.CreatePredictionMarket, in header, fields: 13);
        writer.WriteText(command.EventId);
        writer.WriteText(command.Title);
        writer.WriteText(command.Category);
        writer.WriteText(command.Description);
        writer.WriteInteger(command.Collateral.Value);
        writer.WriteInteger(command.TickSize.Mantissa);
        writer.WriteInteger(command.TickSize.Scale);
        writer.WriteInteger(command.ShareScale);
        writer.WriteInteger(command.MakerFeeBps);
        writer.WriteInteger(command.TakerFeeBps);
        writer.WriteInteger(command.ClosesAt.Microseconds);
        writer.WriteBoolean(command.IsPending);
        writer.WriteArrayHeader(command.Outcomes.Count);
        for (var i = 0; i < command.Outcomes.Count; i++)
        {
            writer.WriteArrayHeader(2);
            writer.WriteText(command.Outcomes[i].Id);
            writer.WriteText(command.Outcomes[i].Title);
        }

        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(
        IBufferWriter<byte> destination, in CommandHeader header, in UpdatePredictionMarket command)
    {
        var writer = Begin(destination, CommandKind.UpdatePredictionMarket, in header, fields: 6);
        writer.WriteInteger(command.Market.Value);
        WriteTextOrNil(ref writer, command.Title);
        WriteTextOrNil(ref writer, command.Category);
        WriteTextOrNil(ref writer, command.Description);
        if (command.ClosesAt is { } closesAt)
        {
            writer.WriteInteger(closesAt.Microseconds);
        }
        else
        {
            writer.WriteNil();
        }

        writer.WriteInteger(command.ExpectedVersion);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(
        IBufferWriter<byte> destination, in CommandHeader header, in DeletePredictionMarket command)
    {
        var writer = Begin(destination, CommandKind.DeletePredictionMarket, in header, fields: 2);
        writer.WriteInteger(command.Market.Value);
        writer.WriteInteger(command.ExpectedVersion);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(
        IBufferWriter<byte> destination, in CommandHeader header, in SetPredictionMarketStatus command)
    {
        var writer = Begin(destination, CommandKind.SetPredictionMarketStatus, in header, fields: 3);
        writer.WriteInteger(command.Market.Value);
        writer.WriteInteger((long)command.Status);
        writer.WriteInteger(command.ExpectedVersion);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(
        IBufferWriter<byte> destination, in CommandHeader header, in ResolvePredictionMarket command)
    {
        var writer = Begin(destination, CommandKind.ResolvePredictionMarket, in header, fields: 4);
        writer.WriteInteger(command.Market.Value);
        writer.WriteText(command.Winner);
        writer.WriteArrayHeader(command.Payouts.Count);
        for (var i = 0; i < command.Payouts.Count; i++)
        {
            writer.WriteInteger(command.Payouts[i]);
        }

        writer.WriteInteger(command.ExpectedVersion);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(
        IBufferWriter<byte> destination, in CommandHeader header, in VoidPredictionMarket command)
    {
        var writer = Begin(destination, CommandKind.VoidPredictionMarket, in header, fields: 2);
        writer.WriteInteger(command.Market.Value);
        writer.WriteInteger(command.ExpectedVersion);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in SplitSet command)
    {
        var writer = Begin(destination, CommandKind.SplitSet, in header, fields: 3);
        writer.WriteInteger(command.Account.Value);
        writer.WriteInteger(command.Market.Value);
        writer.WriteInteger(command.Quantity.Lots);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in MergeSet command)
    {
        var writer = Begin(destination, CommandKind.MergeSet, in header, fields: 3);
        writer.WriteInteger(command.Account.Value);
        writer.WriteInteger(command.Market.Value);
        writer.WriteInteger(command.Quantity.Lots);
        writer.Flush();
    }

    private static void WriteTextOrNil(ref MessagePackWriter writer, string? text)
    {
        if (text is null)
        {
            writer.WriteNil();
        }
        else
        {
            writer.WriteText(text);
        }
    }
}
