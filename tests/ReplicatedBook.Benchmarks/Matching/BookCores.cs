using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>The product's book on each structure of levels.</summary>
internal static class BookCores
{
    /// <summary>Levels for any prices.</summary>
    public static BookCore<SortedLevels> Sorted(Operation[] operations, int books, ReportRing reports) =>
        new("sorted levels", operations, books, _ => new SortedLevels(), reports);

    /// <summary>Levels for the prices from the lowest to the highest of the operations.</summary>
    /// <returns>Null when these are too far apart.</returns>
    public static BookCore<LadderLevels>? Ladder(Operation[] operations, int books, ReportRing reports)
    {
        var (lowest, highest) = (long.MaxValue, 0L);
        foreach (ref readonly var operation in operations.AsSpan())
        {
            if (operation.Kind != OperationKind.Cancel)
            {
                (lowest, highest) = (Math.Min(lowest, operation.Price), Math.Max(highest, operation.Price));
            }
        }

        if (lowest > highest)
        {
            (lowest, highest) = (1, 1); // Nothing but cancels.
        }

        return highest - lowest < LadderLevels.MaxPrices
            ? new BookCore<LadderLevels>("ladder", operations, books, NewLevels, reports)
            : null;

        LadderLevels NewLevels(Side side) => new(
            OrderBook.KeyOf(side, side == Side.Buy ? lowest : highest), (int)(highest - lowest + 1));
    }
}
