using System.Runtime.CompilerServices;

namespace ReplicatedBook.Node.MarketData;

/// <summary>A step of a followed book.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Index">Log index after which the book is so.</param>
/// <param name="PrevIndex">Index of the update before it; 0 for a snapshot.</param>
/// <param name="Bids">Lines from the best; in a delta those that changed, with what stands there now, or zero where
/// nothing does or the line is beyond the depth.</param>
/// <param name="Asks">Likewise.</param>
/// <param name="Checksum">That of the book at that index (API.md 2.7); 0 with an overrun.</param>
internal sealed record BookUpdate(
    BookUpdateKind Kind, long Index, long PrevIndex, IReadOnlyList<BookLine> Bids, IReadOnlyList<BookLine> Asks,
    uint Checksum)
{
    /// <summary>What it is as JSON, once somebody has made that: copies with another previous index share
    /// it.</summary>
    public StrongBox<byte[]?> Json { get; } = new();

    /// <summary>Says that a place was lost.</summary>
    /// <param name="lastIndex">Index of the update before it.</param>
    public static BookUpdate Overrun(long lastIndex) =>
        new(BookUpdateKind.Overrun, lastIndex, lastIndex, [], [], 0);
}
