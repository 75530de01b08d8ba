namespace ReplicatedBook.Matching.Book;

/// <summary>What few orders have; kept beside those that say so.</summary>
internal struct OrderOptions
{
    /// <summary>When a good-til-date order ends, in microseconds; else 0.</summary>
    public long ExpiresAt;

    /// <summary>An iceberg's peak in lots; else 0.</summary>
    public long Display;

    /// <summary>A stop order's price in ticks; else 0.</summary>
    public long StopPrice;

    /// <summary>What a market buy may spend, in quote units, where that is given in place of lots; else 0.</summary>
    public long QuoteUnits;

    /// <summary>Of an iceberg's remaining lots those that the book does not show.</summary>
    public long Hidden;

    /// <summary>Whether two orders were given the same options.</summary>
    public readonly bool AreAsIn(in OrderOptions other) =>
        ExpiresAt == other.ExpiresAt && Display == other.Display && StopPrice == other.StopPrice
        && QuoteUnits == other.QuoteUnits;
}
