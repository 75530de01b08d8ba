using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <summary>What makes one picture of a side of a book into another.</summary>
internal static class LineDifference
{
    /// <summary>The lines that differ, best first, with what stands there now.</summary>
    /// <param name="side">Which side.</param>
    /// <param name="before">Lines, best first.</param>
    /// <param name="now">Likewise.</param>
    public static IReadOnlyList<BookLine> Between(
        Side side, IReadOnlyList<BookLine> before, IReadOnlyList<BookLine> now)
    {
        var changes = new List<BookLine>();
        var (old, current) = (0, 0);
        while (old < before.Count || current < now.Count)
        {
            var order = old == before.Count ? 1
                : current == now.Count ? -1
                : Compare(side, before[old].Price, now[current].Price);
            if (order < 0)
            {
                changes.Add(new BookLine(before[old++].Price, default, 0));
            }
            else if (order > 0)
            {
                changes.Add(now[current++]);
            }
            else
            {
                if (before[old++] != now[current])
                {
                    changes.Add(now[current]);
                }

                current++;
            }
        }

        return changes;
    }

    /// <summary>Negative when the first is better.</summary>
    private static int Compare(Side side, Price one, Price other) =>
        side == Side.Buy ? other.CompareTo(one) : one.CompareTo(other);
}
