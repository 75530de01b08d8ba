using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Betting;

/// <summary>The odds there are: 1.01 to 1000 in steps that grow with them (API.md 2.5).</summary>
public static class OddsLadder
{
    /// <summary>How many odds there are.</summary>
    public const int Count = 350;

    /// <summary>The lowest, in hundredths.</summary>
    public const int Lowest = 101;

    /// <summary>The highest, in hundredths.</summary>
    public const int Highest = 100_000;

    private static readonly (int From, int Step)[] Steps =
    [
        (100, 1), (200, 2), (300, 5), (400, 10), (600, 20), (1_000, 50), (2_000, 100), (3_000, 200), (5_000, 500),
        (10_000, 1_000),
    ];

    private static readonly short[] Positions = MakePositions();
    private static readonly int[] All = MakeOdds();

    /// <summary>Odds by their place on the ladder.</summary>
    /// <param name="position">0, the lowest, to one less than <see cref="Count"/>.</param>
    public static Odds At(int position) => new(All[position]);

    /// <summary>Where odds are on the ladder; -1 when they are not.</summary>
    public static int PositionOf(Odds odds) =>
        (uint)odds.Hundredths < (uint)Positions.Length ? Positions[odds.Hundredths] : -1;

    private static short[] MakePositions()
    {
        var positions = new short[Highest + 1];
        Array.Fill(positions, (short)-1);
        short next = 0;
        for (var i = 0; i < Steps.Length; i++)
        {
            var (from, step) = Steps[i];
            var end = i + 1 < Steps.Length ? Steps[i + 1].From : Highest;
            for (var odds = from + step; odds <= end; odds += step)
            {
                positions[odds] = next++;
            }
        }

        return positions;
    }

    private static int[] MakeOdds()
    {
        var all = new int[Count];
        for (var odds = Lowest; odds <= Highest; odds++)
        {
            if (Positions[odds] >= 0)
            {
                all[Positions[odds]] = odds;
            }
        }

        return all;
    }
}
