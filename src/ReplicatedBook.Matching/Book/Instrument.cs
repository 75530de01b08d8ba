using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>One listed instrument with its book.</summary>
/// <param name="id">Its id.</param>
/// <param name="symbol">Its name.</param>
/// <param name="baseAsset">What is bought and sold.</param>
/// <param name="quoteAsset">What is paid.</param>
/// <param name="tickSize">As listed.</param>
/// <param name="lotSize">As listed.</param>
/// <param name="terms">What its ticks and lots are worth.</param>
/// <param name="book">An empty book.</param>
internal sealed class Instrument(
    int id,
    string symbol,
    int baseAsset,
    int quoteAsset,
    DecimalSize tickSize,
    DecimalSize lotSize,
    Terms terms,
    OrderBook book)
{
    /// <summary>Its id.</summary>
    public int Id => id;

    /// <summary>Its name.</summary>
    public string Symbol => symbol;

    /// <summary>What is bought and sold.</summary>
    public int BaseAsset => baseAsset;

    /// <summary>What is paid.</summary>
    public int QuoteAsset => quoteAsset;

    /// <summary>As listed.</summary>
    public DecimalSize TickSize => tickSize;

    /// <summary>As listed.</summary>
    public DecimalSize LotSize => lotSize;

    /// <summary>What its ticks and lots are worth.</summary>
    public readonly Terms Terms = terms;

    /// <summary>The minutes of its last day.</summary>
    public DayOfMinutes Day { get; private set; } = new();

    /// <summary>Its resting orders.</summary>
    public OrderBook Book => book;

    /// <summary>Fee of makers accepted from now on.</summary>
    public short MakerFeeBps { get; set; }

    /// <summary>Fee of takers accepted from now on.</summary>
    public short TakerFeeBps { get; set; }

    /// <summary>What it allows now.</summary>
    public InstrumentStatus Status { get; set; }

    /// <summary>Price of the last trade; 0 before the first.</summary>
    public long LastPrice { get; set; }

    /// <summary>Its last trade; 0 before the first.</summary>
    public long LastTrade { get; set; }

    /// <summary>Log index of the last change of fees or status.</summary>
    public long Version { get; set; }

    /// <summary>A copy of all but its book, which it shares.</summary>
    public Instrument Copy()
    {
        var copy = (Instrument)MemberwiseClone();
        copy.Day = Day.Copy();
        return copy;
    }
}
