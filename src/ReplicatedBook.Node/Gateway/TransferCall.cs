using System.Buffers;
using System.Text;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Node.Gateway;

/// <summary>Asks the leader to hand leadership over.</summary>
/// <remarks>On the wire a MessagePack array: version 1, target (text or nil). The answer: version 1, whether it was
/// done.</remarks>
internal static class TransferCall
{
    private const int Version = 1;

    public static ReadOnlyMemory<byte> ToBytes(NodeId? target)
    {
        var buffer = new ArrayBufferWriter<byte>(80);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(2);
        writer.WriteInteger(Version);
        if (target is { } node)
        {
            writer.WriteText(Encoding.UTF8.GetBytes(node.Value));
        }
        else
        {
            writer.WriteNil();
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>False when the bytes are no such call.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NodeId? target)
    {
        target = null;
        var reader = new MessagePackReader(bytes);
        if (!reader.TryReadArrayHeader(out var count) || count != 2
            || !reader.TryReadInteger(out var version) || version != Version)
        {
            return false;
        }

        if (reader.TryReadNil())
        {
            return reader.IsAtEnd;
        }

        if (!reader.TryReadText(out var name) || !reader.IsAtEnd)
        {
            return false;
        }

        target = new NodeId(Encoding.UTF8.GetString(name));
        return true;
    }

    public static ReadOnlyMemory<byte> ToAnswer(bool isDone)
    {
        var buffer = new ArrayBufferWriter<byte>(8);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(2);
        writer.WriteInteger(Version);
        writer.WriteBoolean(isDone);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Whether an answer says that it was done.</summary>
    public static bool ReadAnswer(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        return reader.TryReadArrayHeader(out var count) && count == 2
            && reader.TryReadInteger(out var version) && version == Version
            && reader.TryReadBoolean(out var isDone) && reader.IsAtEnd && isDone;
    }
}
