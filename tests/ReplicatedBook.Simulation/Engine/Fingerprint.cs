using System.Numerics;
using System.Runtime.InteropServices;

namespace ReplicatedBook.Simulation.Engine;

/// <summary>A quick 64-bit hash by which the simulation compares long contents; not for durable data, nor against
/// malice.</summary>
internal static class Fingerprint
{
    private const ulong Odd1 = 0x9E3779B185EBCA87;
    private const ulong Odd2 = 0xC2B2AE3D27D4EB4F;

    /// <summary>Equal for equal bytes; four lanes of multiply and rotate, as xxHash does it.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var (a, b, c, d) = (Odd1, Odd2, ~Odd1, ~Odd2);
        var i = 0;
        for (; i + 4 <= words.Length; i += 4)
        {
            a = Round(a, words[i]);
            b = Round(b, words[i + 1]);
            c = Round(c, words[i + 2]);
            d = Round(d, words[i + 3]);
        }

        var hash = Round(Round(Round(Round((ulong)bytes.Length, a), b), c), d);
        for (; i < words.Length; i++)
        {
            hash = Round(hash, words[i]);
        }

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
        {
            hash = Round(hash, value);
        }

        hash = (hash ^ (hash >> 33)) * Odd2;
        return hash ^ (hash >> 29);
    }

    private static ulong Round(ulong hash, ulong word) =>
        BitOperations.RotateLeft(hash + (word * Odd2), 31) * Odd1;
}
