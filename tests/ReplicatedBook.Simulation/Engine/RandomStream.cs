namespace ReplicatedBook.Simulation.Engine;

/// <summary>Repeatable chance for one purpose: xoshiro256** (Blackman, Vigna 2018), seeded from a seed and a
/// key.</summary>
/// <remarks>Each purpose has its own stream, often one per occurrence (the n-th message of a link), so that taking one
/// fault
/// away leaves all other draws as they were. One owner.</remarks>
internal sealed class RandomStream
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>The stream of a purpose under a seed.</summary>
    /// <param name="seed">Seed of the whole simulation.</param>
    /// <param name="purpose">What is drawn, for example "link".</param>
    /// <param name="which">Which of them, for example the number of the link.</param>
    /// <param name="occurrence">Which time, for example the number of the message.</param>
    public RandomStream(ulong seed, string purpose, long which = 0, long occurrence = 0)
    {
        var state = seed;
        foreach (var letter in purpose)
        {
            state = Mix(state ^ letter);
        }

        state = Mix(state ^ (ulong)which);
        state = Mix(state ^ (ulong)occurrence);
        _a = state = Mix(state);
        _b = state = Mix(state);
        _c = state = Mix(state);
        _d = Mix(state);
    }

    /// <summary>64 bits.</summary>
    public ulong NextBits()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number from <paramref name="lowest"/> to <paramref name="highest"/>, both included.</summary>
    public long Between(long lowest, long highest)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lowest, highest);
        return lowest + (long)(NextBits() % (ulong)(highest - lowest + 1)); // The remainder's bias does no harm here.
    }

    /// <summary>As <see cref="Between"/>, for small numbers.</summary>
    public int Number(int lowest, int highest) => (int)Between(lowest, highest);

    /// <summary>A position in a list of <paramref name="count"/>.</summary>
    public int Position(int count) => (int)Between(0, count - 1);

    /// <summary>True so many times in a thousand.</summary>
    public bool Chance(int perMille) => Between(0, 999) < perMille;

    /// <summary>A number whose size, not its value, is uniform: small ones are as likely as large ones.</summary>
    public long Skewed(long lowest, long highest)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lowest, highest);
        var bits = 64 - long.LeadingZeroCount(highest - lowest);
        var limit = (1L << (int)Between(0, bits)) - 1;
        return lowest + Between(0, Math.Min(limit, highest - lowest));
    }

    /// <summary>One step of splitmix64.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
