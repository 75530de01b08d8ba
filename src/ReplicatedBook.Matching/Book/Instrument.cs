using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Markets.Prediction;
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

    /// <summary>Its stop orders that wait for a trade; null before the first. By stop price: what triggers first is
    /// best, so sells stand as bids do and buys as asks.</summary>
    public OrderBook? Stops { get; private set; }

    /// <summary>Fee of makers accepted from now on.</summary>
    public short MakerFeeBps { get; set; }

    /// <summary>Fee of takers accepted from now on.</summary>
    public short TakerFeeBps { get; set; }

    /// <summary>The higher of both.</summary>
    public int HighestFeeBps => Math.Max((int)MakerFeeBps, TakerFeeBps);

    /// <summary>What it demands of orders accepted from now on.</summary>
    public OrderRules Rules
    {
        get;
        set
        {
            field = value;
            HasRules = value != default;
        }
    }

    /// <summary>Whether it demands anything.</summary>
    public bool HasRules { get; private set; }

    /// <summary>What it allows now.</summary>
    public InstrumentStatus Status { get; set; }

    /// <summary>Price of the last trade; 0 before the first.</summary>
    public long LastPrice { get; set; }

    /// <summary>Its last trade; 0 before the first.</summary>
    public long LastTrade { get; set; }

    /// <summary>Log index of the last change of fees, rules or status.</summary>
    public long Version { get; set; }

    /// <summary>The market whose outcome it trades; null for spot.</summary>
    public PredictionMarket? Market { get; private set; }

    /// <summary>The outcome's place in its market.</summary>
    public int Outcome { get; private set; }

    /// <summary>Of the first of two outcomes: the instrument of the second.</summary>
    public Instrument? Mirror { get; private set; }

    /// <summary>Whether it trades the second of two outcomes: its orders stand in the book of the first, on the other
    /// side, at the payout less their price.</summary>
    public bool IsMirror { get; private set; }

    /// <summary>In whose book its orders stand.</summary>
    public Instrument Canonical { get => field ?? this; private set; }

    /// <summary>Whether orders are checked for more than every instrument demands.</summary>
    public bool HasOwnChecks => Market is not null || HasRules;

    /// <summary>Makes it that of an outcome.</summary>
    /// <param name="market">Its market.</param>
    /// <param name="outcome">The outcome's place in it.</param>
    /// <param name="canonical">In whose book its orders stand, if not in its own; it shares that book then.</param>
    /// <param name="orders">Where the orders are.</param>
    public void Join(PredictionMarket market, int outcome, Instrument? canonical, OrderPool orders)
    {
        Market = market;
        Outcome = outcome;
        if (canonical is not null)
        {
            canonical.Mirror = this;
            Canonical = canonical;
            IsMirror = true;
            Stops = canonical.EnsureStops(orders);
        }
    }

    /// <summary>The side of the book that an order's side is.</summary>
    public Side BookSide(Side side) => IsMirror ? OrderBook.Opposite(side) : side;

    /// <summary>A price as it stands in the book, or the other way round; 0 stays 0.</summary>
    public long BookPrice(long price) => IsMirror && price != 0 ? Market!.PayoutTicks - price : price;

    /// <summary>The key of an order's level.</summary>
    public long KeyOf(Side side, long price) => OrderBook.KeyOf(BookSide(side), BookPrice(price));

    /// <summary>The smallest key of the other side's levels that an order would trade with.</summary>
    /// <param name="side">The order's.</param>
    /// <param name="price">Its limit; 0 for any price.</param>
    public long WorstKeyFor(Side side, long price) => OrderBook.WorstKeyFor(BookSide(side), BookPrice(price));

    /// <summary>Whether an order at this limit would match at once.</summary>
    public bool WouldMatch(Side side, long price) => Book.WouldMatch(BookSide(side), BookPrice(price));

    /// <summary>Lots of a side, the stop orders' included.</summary>
    public long SideLots(Side side)
    {
        var bookSide = BookSide(side);
        return Book.LotsOf(bookSide) + (Stops?.LotsOf(bookSide) ?? 0);
    }

    /// <summary>Its stop orders that wait, with room for the first.</summary>
    /// <param name="orders">Where the orders are.</param>
    public OrderBook EnsureStops(OrderPool orders) =>
        Stops ??= new OrderBook<SortedLevels>(orders, new SortedLevels(), new SortedLevels());

    /// <summary>Lowest limit within the band around a price.</summary>
    public long LowestInBand(long price) => (long)Int128.Max(1, price - BandAround(price));

    /// <summary>Highest limit within the band around a price.</summary>
    public long HighestInBand(long price) => (long)Int128.Min(long.MaxValue, price + BandAround(price));

    private Int128 BandAround(long price) => (Int128)price * Rules.PriceBandBps / Terms.WholeBps;

    /// <summary>A copy of all but its books, which it shares.</summary>
    public Instrument Copy()
    {
        var copy = (Instrument)MemberwiseClone();
        copy.Day = Day.Copy();
        return copy;
    }
}
