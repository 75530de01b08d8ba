using System.Numerics;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>An order of the naive exchange: keeps every fill it ever had and works everything out from them.</summary>
internal sealed class NaiveOrder
{
    public required long Id { get; init; }

    public required int Account { get; init; }

    public required Side Side { get; init; }

    public required OrderType Type { get; init; }

    public required TimeInForce TimeInForce { get; init; }

    public required bool IsPostOnly { get; init; }

    public required SelfTradePrevention Stp { get; init; }

    public required int MakerFee { get; init; }

    public required int TakerFee { get; init; }

    public long Price { get; set; }

    public long Quantity { get; set; }

    public long Remaining { get; set; }

    /// <summary>Place in the queue: smaller is older. 0 while it does not rest.</summary>
    public long Place { get; set; }

    public bool IsOpen { get; set; }

    public List<(long Price, long Lots, int FeeBps)> Fills { get; } = [];

    public long Filled => Fills.Sum(fill => fill.Lots);

    /// <summary>Quote units paid (buy) or got (sell) so far, were further lots to trade too.</summary>
    public BigInteger Moved(NaiveTerms terms, long furtherPrice = 0, long furtherLots = 0, int furtherFee = 0)
    {
        var sign = Side == Side.Buy ? 1 : -1;
        var sum = (BigInteger)furtherPrice * furtherLots * (10_000 + (sign * furtherFee));
        foreach (var (price, lots, fee) in Fills)
        {
            sum += (BigInteger)price * lots * (10_000 + (sign * fee));
        }

        return Side == Side.Buy ? terms.Ceiling(sum, 10_000) : terms.Floor(sum, 10_000);
    }

    /// <summary>What it is worth without fees, rounded down.</summary>
    public BigInteger Worth(NaiveTerms terms) =>
        terms.Floor(Fills.Aggregate(BigInteger.Zero, (sum, fill) => sum + ((BigInteger)fill.Price * fill.Lots)), 1);

    public BigInteger Reserved(NaiveTerms terms) => !IsOpen ? 0
        : Side == Side.Sell ? (BigInteger)Remaining * terms.LotUnits
        : Need(terms, Price, Remaining);

    /// <summary>What a buy must hold for further lots at its highest fee.</summary>
    public BigInteger Need(NaiveTerms terms, long price, long lots) =>
        Moved(terms, price, lots, Math.Max(0, Math.Max(MakerFee, TakerFee))) - Moved(terms);
}
