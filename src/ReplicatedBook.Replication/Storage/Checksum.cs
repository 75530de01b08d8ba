using System.Buffers.Binary;
using System.Numerics;

namespace ReplicatedBook.Replication.Storage;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4); the processor has an instruction for it.</summary>
internal static class Checksum
{
    private const uint Start = uint.MaxValue;

    /// <summary>Checksum of bytes; 0xE3069283 for the ASCII digits 1 to 9.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Add(Start, bytes);

    /// <summary>Checksum of eight bytes, given as a little-endian number, followed by more bytes.</summary>
    public static uint Of(ulong first, ReadOnlySpan<byte> rest) => ~Add(BitOperations.Crc32C(Start, first), rest);

    private static uint Add(uint state, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            state = BitOperations.Crc32C(state, value);
        }

        return state;
    }
}
