using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Faults;

/// <summary>Draws which links to cut, in the shapes that have broken real clusters.</summary>
internal static class PartitionShapes
{
    /// <summary>How many shapes <see cref="Draw"/> knows.</summary>
    public const int Count = 7;

    /// <summary>Draws a partition of a cluster of so many nodes.</summary>
    public static IReadOnlyList<(int From, int To)> Draw(RandomStream chance, int nodes)
    {
        var (one, other, side) = (1 + chance.Position(nodes), 1 + chance.Position(nodes), chance.NextBits());
        bool IsAcross(int from, int to) => ((side >> from) & 1) != ((side >> to) & 1);
        return chance.Position(Count) switch
        {
            0 => Isolate(one, nodes),
            1 => Links(nodes, IsAcross),
            2 => Links(nodes, (from, to) => from == one && to == other), // One link, one direction.
            3 => Links(nodes, (_, to) => to == one), // Heard, but hears nothing.
            4 => Links(nodes, (from, _) => from == one), // Hears, but is not heard.
            5 => Links(nodes, (from, to) => from != one && to != one && IsAcross(from, to)), // One still connects.
            _ => Links(nodes, (from, to) => (from - to + nodes) % nodes is not 1 && (to - from + nodes) % nodes is not 1
                && (from != one || to != other)), // A ring, in which each hears its neighbours only.
        };
    }

    /// <summary>All links of one node.</summary>
    public static IReadOnlyList<(int From, int To)> Isolate(int alone, int nodes) =>
        Links(nodes, (from, to) => from == alone || to == alone);

    /// <summary>The links of a cluster that a rule names.</summary>
    public static IReadOnlyList<(int From, int To)> Links(int nodes, Func<int, int, bool> isCut)
    {
        var links = new List<(int From, int To)>();
        for (var from = 1; from <= nodes; from++)
        {
            for (var to = 1; to <= nodes; to++)
            {
                if (from != to && isCut(from, to))
                {
                    links.Add((from, to));
                }
            }
        }

        return links;
    }
}
