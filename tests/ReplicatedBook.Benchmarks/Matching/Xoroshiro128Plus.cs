using System.Numerics;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Blackman and Vigna's xoroshiro128+ (2018 constants): the same draws on every machine and every version of
/// .NET.</summary>
internal sealed class Xoroshiro128Plus
{
    private const int WarmUpDraws = 20;

    private ulong _a;
    private ulong _b;

    /// <summary>Starts from a seed; not both parts zero.</summary>
    public Xoroshiro128Plus(ulong a, ulong b)
    {
        (_a, _b) = (a, b);
        for (var i = 0; i < WarmUpDraws; i++)
        {
            Next();
        }
    }

    /// <summary>From 0 to below 1, from the top 53 bits.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(Unit() * bound);

    private ulong Next()
    {
        var (a, b) = (_a, _b);
        var result = a + b;
        b ^= a;
        _a = BitOperations.RotateLeft(a, 24) ^ b ^ (b << 16);
        _b = BitOperations.RotateLeft(b, 37);
        return result;
    }
}
