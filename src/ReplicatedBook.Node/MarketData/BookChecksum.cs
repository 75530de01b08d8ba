using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Checksum of a book's top, so that a client can check the book it keeps itself (API.md 2.7).</summary>
internal static class BookChecksum
{
    /// <summary>Levels of each side that count.</summary>
    public const int Levels = 10;

    /// <summary>CRC-32 over asks then bids, each from the best, each price then quantity without point and leading
    /// zeros.</summary>
    public static uint Of(BookView book, InstrumentTerms terms)
    {
        var state = Append(Crc32.Start, book.Asks, terms);
        return Crc32.Finish(Append(state, book.Bids, terms));
    }

    private static uint Append(uint state, IReadOnlyList<LevelView> levels, InstrumentTerms terms)
    {
        for (var i = 0; i < Math.Min(Levels, levels.Count); i++)
        {
            state = Append(state, terms.Format(levels[i].Price));
            state = Append(state, terms.Format(levels[i].Quantity));
        }

        return state;
    }

    private static uint Append(uint state, string number)
    {
        var isLeading = true;
        foreach (var character in number)
        {
            if (character == '.' || (isLeading && character == '0'))
            {
                continue;
            }

            isLeading = false;
            state = Crc32.Append(state, (byte)character);
        }

        return state;
    }
}
