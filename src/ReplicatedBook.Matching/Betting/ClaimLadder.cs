namespace ReplicatedBook.Matching.Betting;

/// <summary>Ranks of odds as prices of one claim, in ascending order and exactly: equal prices, and only these, have
/// one rank (MATCHING.md 8, B2, B4). The claim pays if the first runner wins. In a market of two, backing the first at
/// odds o and laying the second at odds o/(o - 1) are one and the same.</summary>
internal static class ClaimLadder
{
    private static readonly short[] First = new short[OddsLadder.Count];
    private static readonly short[] Second = new short[OddsLadder.Count];

    /// <summary>Ranks of a runner's own book: one for each odds.</summary>
    public const int OwnRanks = OddsLadder.Count;

    /// <summary>Ranks of the book of two runners: those of both, of which 17 are equal.</summary>
    public static readonly int SharedRanks = Merge();

    /// <summary>Rank in the book of its own runner: the longer the odds, the cheaper the claim.</summary>
    /// <param name="position">Place of the odds on the ladder.</param>
    public static int OwnRank(int position) => OwnRanks - 1 - position;

    /// <summary>Rank in the book of two runners.</summary>
    /// <param name="runner">0 for the first, 1 for the second.</param>
    /// <param name="position">Place of the odds on the ladder.</param>
    public static int SharedRank(int runner, int position) => runner == 0 ? First[position] : Second[position];

    /// <summary>The first runner's odds a are the price 100/a, the second's odds b the price (b - 100)/b: both lists
    /// are merged by cross multiplication.</summary>
    private static int Merge()
    {
        var (i, j, rank) = (OddsLadder.Count - 1, 0, 0);
        for (; i >= 0 || j < OddsLadder.Count; rank++)
        {
            var order = i < 0 ? 1 : j == OddsLadder.Count ? -1 : Compare(i, j);
            if (order <= 0)
            {
                First[i--] = (short)rank;
            }

            if (order >= 0)
            {
                Second[j++] = (short)rank;
            }
        }

        return rank;
    }

    private static int Compare(int first, int second)
    {
        long a = OddsLadder.At(first).Hundredths;
        long b = OddsLadder.At(second).Hundredths;
        return (OddsTerms.Whole * b).CompareTo(a * (b - OddsTerms.Whole));
    }
}
