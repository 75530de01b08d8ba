using System.Numerics;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>An order of the naive exchange: keeps every fill it ever had and works everything out from them.</summary>
internal sealed class NaiveOrder
{
    private readonly List<(long Price, long Lots, int FeeBps)> _fills = [];

    public required long Id { get; init; }

    public required int Account { get; init; }

    public required NaiveInstrument Instrument { get; init; }

    /// <summary>As it was given.</summary>
    public required PlaceOrder Given { get; init; }

    public required int MakerFee { get; init; }

    public required int TakerFee { get; init; }

    public long Price { get; set; }

    public long Remaining { get; set; }

    /// <summary>Place in its queue: smaller is older.</summary>
    public long Place { get; set; }

    /// <summary>What is left of an iceberg's peak.</summary>
    public long Peak { get; set; }

    /// <summary>Null while it is on its way through the book.</summary>
    public OrderStatus? Status { get; set; }

    public StatusReason Reason { get; set; }

    /// <summary>It is triggered and waits for its turn.</summary>
    public bool IsTriggered { get; set; }

    public Side Side => Given.Side;

    public SelfTradePrevention Stp => Given.SelfTradePrevention;

    public bool IsMarket => Given.Type is OrderType.Market or OrderType.Stop;

    public bool Rests => !IsMarket && Given.TimeInForce is TimeInForce.GoodTilCanceled or TimeInForce.GoodTilDate;

    public bool IsOpen => Status is OrderStatus.Open or OrderStatus.Pending;

    /// <summary>Whether it names what it spends in place of lots.</summary>
    public bool Spends => Given.QuoteQuantity.Units != 0;

    public long Filled => _fills.Sum(fill => fill.Lots);

    public long Quantity => Filled + Remaining;

    /// <summary>Of what remains, what the book shows: an iceberg's hidden lots are the first to go.</summary>
    public long Shown => Given.DisplayQuantity.Lots == 0 ? Remaining : Math.Min(Peak, Remaining);

    public BigInteger Reserved => !IsOpen ? 0 : NeedFor(Price, Remaining);

    private NaiveTerms Terms => Instrument.Terms;

    public void Fill(long price, long lots, int feeBps)
    {
        _fills.Add((price, lots, feeBps));
        Remaining -= Spends ? 0 : lots;
    }

    /// <summary>Quote units paid (buy) or got (sell) so far, were further lots to trade too.</summary>
    public BigInteger Moved(long furtherPrice = 0, long furtherLots = 0, int furtherFee = 0)
    {
        var sign = Side == Side.Buy ? 1 : -1;
        var sum = (BigInteger)furtherPrice * furtherLots * (10_000 + (sign * furtherFee));
        foreach (var (price, lots, fee) in _fills)
        {
            sum += (BigInteger)price * lots * (10_000 + (sign * fee));
        }

        return Side == Side.Buy ? Terms.Ceiling(sum, 10_000) : Terms.Floor(sum, 10_000);
    }

    /// <summary>What it is worth without fees, rounded down.</summary>
    public BigInteger Worth() =>
        Terms.Floor(_fills.Aggregate(BigInteger.Zero, (sum, fill) => sum + ((BigInteger)fill.Price * fill.Lots)), 1);

    /// <summary>What it must hold for so many lots at a limit: a buy at its highest fee; one without a limit
    /// nothing.</summary>
    public BigInteger NeedFor(long price, long lots) =>
        Side == Side.Sell ? (BigInteger)lots * Terms.LotUnits
        : IsMarket ? 0
        : Moved(price, lots, Math.Max(0, Math.Max(MakerFee, TakerFee))) - Moved();

    /// <summary>A copy of its own, for another exchange or under its id.</summary>
    public NaiveOrder Copy(NaiveInstrument instrument, long id)
    {
        var copy = new NaiveOrder
        {
            Id = id,
            Account = Account,
            Instrument = instrument,
            Given = Given,
            MakerFee = MakerFee,
            TakerFee = TakerFee,
            Price = Price,
            Remaining = Remaining,
            Place = Place,
            Peak = Peak,
            Status = Status,
            Reason = Reason,
            IsTriggered = IsTriggered,
        };
        copy._fills.AddRange(_fills);
        return copy;
    }
}
