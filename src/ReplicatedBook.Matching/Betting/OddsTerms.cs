using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Betting;

/// <summary>What stakes and odds are worth, in whole units and without any rounding of odds (MATCHING.md 8, B1, B5,
/// B6).</summary>
internal static class OddsTerms
{
    /// <summary>Units in which any odds are worth whole units; a stake is a multiple of it.</summary>
    public const long Whole = 100;

    /// <summary>Largest stake of a bet: all open bets together then fit 64 bits, and so does every worth.</summary>
    public const long MaxStake = 1_000_000_000_000;

    private static readonly int[] Grains = Make((odds, divisor) => (int)Whole / divisor);
    private static readonly int[] Gains = Make((odds, divisor) => (odds - (int)Whole) / divisor);

    /// <summary>Units of stake in the smallest part of a bet that is worth whole units at these odds.</summary>
    /// <param name="position">Place of the odds on the ladder.</param>
    public static int Grain(int position) => Grains[position];

    /// <summary>Units of liability of that part; it has no divisor with the grain in common.</summary>
    /// <param name="position">Place of the odds on the ladder.</param>
    public static int Gain(int position) => Gains[position];

    /// <summary>Stakes are multiples of this: of a hundredth of the currency, and of whole units.</summary>
    /// <param name="scale">Digits of the currency after the point.</param>
    public static long StakeStep(int scale)
    {
        var step = 1L;
        for (; scale > 2; scale--)
        {
            step *= 10;
        }

        return Math.Max(Whole, step);
    }

    /// <summary>What a stake risks: of a back itself, of a lay the liability, rounded up.</summary>
    public static long Risk(BetSide side, int odds, long stake) =>
        side == BetSide.Back ? stake : (((odds - Whole) * stake) + Whole - 1) / Whole;

    private static int[] Make(Func<int, int, int> of)
    {
        var all = new int[OddsLadder.Count];
        for (var position = 0; position < all.Length; position++)
        {
            var odds = OddsLadder.At(position).Hundredths;
            var (a, b) = (odds - (int)Whole, (int)Whole);
            while (b != 0)
            {
                (a, b) = (b, a % b);
            }

            all[position] = of(odds, a);
        }

        return all;
    }
}
