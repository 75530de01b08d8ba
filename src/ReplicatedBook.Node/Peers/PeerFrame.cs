using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Peers;

/// <summary>What a frame on the peer link carries.</summary>
/// <remarks>The numbers are on the wire: never renumber one, never use one again.</remarks>
internal enum PeerFrameType : byte
{
    /// <summary>First frame of a connection: who calls whom.</summary>
    Hello = 1,

    /// <summary>A consensus message.</summary>
    Message = 2,

    /// <summary>A call: 8 bytes number, 1 byte kind, body.</summary>
    Call = 3,

    /// <summary>Its answer: 8 bytes number, 1 byte status, body.</summary>
    Answer = 4,
}

/// <summary>Frames: 4 bytes length of what follows the checksum, 4 bytes CRC-32C of it, 1 byte type, content;
/// little-endian.</summary>
internal static class PeerFrame
{
    /// <summary>Bytes before the type.</summary>
    public const int HeaderBytes = 8;

    /// <summary>Largest content: an append message of 1 MiB, or one oversized entry, with room to spare.</summary>
    public const int MaxContentBytes = 32 << 20;

    /// <summary>Starts a frame; its content is to be written next, then <see cref="End"/> called with the
    /// result.</summary>
    public static int Begin(ArrayBufferWriter<byte> destination, PeerFrameType type)
    {
        var start = destination.WrittenCount;
        var header = destination.GetSpan(HeaderBytes + 1);
        header[..HeaderBytes].Clear();
        header[HeaderBytes] = (byte)type;
        destination.Advance(HeaderBytes + 1);
        return start;
    }

    /// <summary>Fills in length and checksum.</summary>
    public static void End(ArrayBufferWriter<byte> destination, int start)
    {
        // The writer owns the array; only the frame's own header is changed after the fact.
        var frame = MemoryMarshal.AsMemory(destination.WrittenMemory).Span[start..];
        var content = frame[HeaderBytes..];
        BinaryPrimitives.WriteInt32LittleEndian(frame, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(content));
    }

    /// <summary>Takes the first whole frame from a buffer.</summary>
    /// <param name="buffer">Advanced past the frame.</param>
    /// <param name="kept">Memory for messages, whose entries live as long as the log keeps them.</param>
    /// <param name="type">Its type.</param>
    /// <param name="content">A copy of its content, owned by the caller.</param>
    /// <returns>False while more bytes are needed.</returns>
    /// <exception cref="InvalidDataException">The frame is too long, empty or damaged: the connection must
    /// end.</exception>
    public static bool TryRead(
        ref ReadOnlySequence<byte> buffer, ByteArena kept, out PeerFrameType type, out ReadOnlyMemory<byte> content)
    {
        (type, content) = (default, default);
        if (buffer.Length < HeaderBytes)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        buffer.Slice(0, HeaderBytes).CopyTo(header);
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length is < 1 or > MaxContentBytes)
        {
            throw new InvalidDataException($"frame of {length} bytes");
        }

        if (buffer.Length < HeaderBytes + length)
        {
            return false;
        }

        var frame = buffer.Slice(HeaderBytes, length);
        new SequenceReader<byte>(frame).TryPeek(out var first);
        type = (PeerFrameType)first;
        var bytes = type == PeerFrameType.Message ? kept.Take(length) : new byte[length];
        frame.CopyTo(bytes.Span);
        if (Checksum(bytes.Span) != BinaryPrimitives.ReadUInt32LittleEndian(header[4..]))
        {
            throw new InvalidDataException("frame with a wrong checksum");
        }

        buffer = buffer.Slice(HeaderBytes + length);
        content = bytes[1..];
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
