using System.Buffers;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Node.Gateway;

/// <summary>Asks a node for its digest.</summary>
/// <param name="Index">After which entry.</param>
/// <param name="WithStateHash">Also the hash of the whole state, which costs a full walk.</param>
/// <remarks>On the wire a MessagePack array: version 1, index, whether with state hash.</remarks>
internal sealed record DigestCall(long Index, bool WithStateHash)
{
    private const int Version = 1;

    public ReadOnlyMemory<byte> ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(16);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(3);
        writer.WriteInteger(Version);
        writer.WriteInteger(Index);
        writer.WriteBoolean(WithStateHash);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Null when the bytes are no such call.</summary>
    public static DigestCall? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        return reader.TryReadArrayHeader(out var count) && count == 3
            && reader.TryReadInteger(out var version) && version == Version
            && reader.TryReadInteger(out var index) && index >= 0
            && reader.TryReadBoolean(out var withStateHash) && reader.IsAtEnd
            ? new DigestCall(index, withStateHash)
            : null;
    }
}
