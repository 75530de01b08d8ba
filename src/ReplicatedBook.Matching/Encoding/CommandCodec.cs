using System.Buffers;
using ReplicatedBook.Matching.Commands;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Commands as canonical MessagePack; layouts in README.md of this folder.</summary>
public static class CommandCodec
{
    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CreateAsset command) =>
        throw new NotImplementedException();

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CreateAccount command) =>
        throw new NotImplementedException();

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in Deposit command) =>
        throw new NotImplementedException();

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in Withdraw command) =>
        throw new NotImplementedException();

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in ListInstrument command) =>
        throw new NotImplementedException();

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in UpdateInstrument command) =>
        throw new NotImplementedException();

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in SetInstrumentStatus command) =>
        throw new NotImplementedException();

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in PlaceOrder command) =>
        throw new NotImplementedException();

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in PlaceBatch command) =>
        throw new NotImplementedException();

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in AmendOrder command) =>
        throw new NotImplementedException();

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CancelOrder command) =>
        throw new NotImplementedException();

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CancelOrders command) =>
        throw new NotImplementedException();

    /// <summary>The kind of an encoded command; null when the bytes are none.</summary>
    public static CommandKind? KindOf(ReadOnlySpan<byte> command) => throw new NotImplementedException();
}
