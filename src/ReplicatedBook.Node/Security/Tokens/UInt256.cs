using System.Buffers.Binary;

namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>A SHA-256 as a key of tables.</summary>
internal readonly record struct UInt256(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>From its 32 bytes.</summary>
    public static UInt256 Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
}
