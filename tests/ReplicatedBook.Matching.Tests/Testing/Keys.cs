namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Keys for the hash tables: half of them are made to collide.</summary>
internal static class Keys
{
    // Four homes in a table of any size: its first and last place, and the two in the middle.
    private static readonly ulong[] Homes = [0, 0xFFFF, 0x7FFF, 0x8000];

    private static readonly ulong Inverse = InverseOf(0x9E3779B97F4A7C15);

    /// <summary>Any key.</summary>
    public static long Draw(Random draws) => draws.Next(4) switch
    {
        0 => draws.NextInt64(),
        1 => draws.Next(100_000),
        _ => unchecked((long)(((Homes[draws.Next(4)] << 48) | (uint)draws.Next(1, 64)) * Inverse)),
    };

    /// <summary>What an odd factor has to be multiplied with to make 1, modulo 2^64 (Newton's iteration: each step
    /// doubles the bits that are right).</summary>
    private static ulong InverseOf(ulong factor)
    {
        var inverse = factor;
        for (var i = 0; i < 6; i++)
        {
            inverse *= 2 - (factor * inverse);
        }

        return inverse;
    }
}
