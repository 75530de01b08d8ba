using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Checksum of a book's top, so that a client can check the book it keeps itself (API.md 2.7).</summary>
internal static class BookChecksum
{
    /// <summary>Levels of each side that count.</summary>
    public const int Levels = 10;

    private const int MostDigits = 39; // Of an Int128.

    /// <summary>CRC-32 over asks then bids, each from the best, each price then quantity without point and leading
    /// zeros.</summary>
    public static uint Of(BookView book, InstrumentTerms terms) =>
        Crc32.Finish(Append(Append(Crc32.Start, book.Asks, terms), book.Bids, terms));

    /// <summary>The same of lines that are kept.</summary>
    public static uint Of(DepthSide bids, DepthSide asks, InstrumentTerms terms) =>
        Crc32.Finish(Append(Append(Crc32.Start, asks, terms), bids, terms));

    private static uint Append(uint state, IReadOnlyList<LevelView> levels, InstrumentTerms terms)
    {
        for (var i = 0; i < Math.Min(Levels, levels.Count); i++)
        {
            state = Append(state, levels[i].Price, levels[i].Quantity, terms);
        }

        return state;
    }

    private static uint Append(uint state, DepthSide lines, InstrumentTerms terms)
    {
        for (var rank = 0; rank < Math.Min(Levels, lines.Count); rank++)
        {
            state = Append(state, lines[rank].Price, lines[rank].Quantity, terms);
        }

        return state;
    }

    /// <summary>Without the point the texts of both have the digits of these products.</summary>
    private static uint Append(uint state, Price price, Quantity quantity, InstrumentTerms terms) =>
        Append(
            Append(state, (Int128)price.Ticks * terms.TickSize.Mantissa),
            (Int128)quantity.Lots * terms.LotSize.Mantissa);

    private static uint Append(uint state, Int128 number)
    {
        if (number == 0)
        {
            return state; // Its only digit is a leading zero.
        }

        Span<byte> digits = stackalloc byte[MostDigits];
        if (number <= long.MaxValue)
        {
            ((long)number).TryFormat(digits, out var few, provider: null);
            return Append(state, digits[..few]);
        }

        number.TryFormat(digits, out var count, provider: null);
        return Append(state, digits[..count]);
    }

    private static uint Append(uint state, ReadOnlySpan<byte> digits)
    {
        foreach (var digit in digits)
        {
            state = Crc32.Append(state, digit);
        }

        return state;
    }
}
