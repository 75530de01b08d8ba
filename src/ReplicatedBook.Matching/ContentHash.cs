using System.Buffers.Binary;

namespace ReplicatedBook.Matching;

/// <summary>Hashes of bytes that are the same in every process, on every machine.</summary>
/// <remarks>Folded multiplication, eight bytes a step. Not a cryptographic hash: who makes two of his own requests
/// collide
/// only deceives himself, because a request key belongs to one user.</remarks>
internal static class ContentHash
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xD6E8FEB86659FD93;

    /// <summary>A hash of a number and bytes.</summary>
    public static ulong Of(ulong seed, ReadOnlySpan<byte> bytes)
    {
        var hash = Fold(seed ^ First, (ulong)bytes.Length ^ Second);
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), First);
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            rest = (rest << 8) | bytes[i];
        }

        return Fold(hash ^ rest ^ Second, First);
    }

    /// <summary>128 bits, from two runs with different seeds.</summary>
    public static UInt128 Wide(ulong seed, ReadOnlySpan<byte> bytes) =>
        new(Of(seed, bytes), Of(seed ^ 0xA5A5_5A5A_C3C3_3C3C, bytes));

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
