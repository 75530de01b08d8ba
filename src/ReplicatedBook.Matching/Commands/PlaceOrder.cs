using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Offers to buy or sell.</summary>
/// <param name="Account">Who trades; 0 for the only account there is.</param>
/// <param name="ClientOrderId">Optional; a repeat with equal content gives the existing order.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">How it is priced, and whether it waits for a trade.</param>
/// <param name="LimitPrice">Worst acceptable price; for market and stop orders their protection price, or 0.</param>
/// <param name="Quantity">Lots to trade; positive, but 0 where a quote quantity is given.</param>
/// <param name="TimeInForce">What becomes of the lots that do not match at once; market orders never rest.</param>
/// <param name="IsPostOnly">Refused if it would match at once.</param>
/// <param name="SelfTradePrevention">Against the account's own resting orders.</param>
public readonly record struct PlaceOrder(
    AccountId Account,
    ClientOrderId ClientOrderId,
    InstrumentId Instrument,
    Side Side,
    OrderType Type,
    Price LimitPrice,
    Quantity Quantity,
    TimeInForce TimeInForce,
    bool IsPostOnly,
    SelfTradePrevention SelfTradePrevention)
{
    /// <summary>When a good-til-date order ends; 0 for all others.</summary>
    public Timestamp ExpiresAt { get; init; }

    /// <summary>Most lots that the book shows of a resting order at once, an iceberg's peak; 0 for all. At least a
    /// <see cref="MaxPeaks"/>th of the quantity.</summary>
    public Quantity DisplayQuantity { get; init; }

    /// <summary>Price of the trade that triggers a stop order: that or more for a buy, that or less for a sell; 0 for
    /// all others.</summary>
    public Price StopPrice { get; init; }

    /// <summary>What a market buy may spend, fees included, in place of a quantity; 0 for all others.</summary>
    public Amount QuoteQuantity { get; init; }

    /// <summary>The session it is placed in, at whose end it is canceled; 0 for none. Of an order in a batch the
    /// batch's counts.</summary>
    public OrderSessionId Session { get; init; }

    /// <summary>Most peaks of an iceberg, so that one order cannot make trades without end.</summary>
    public const int MaxPeaks = 100;

    /// <summary>Whether it says more than version 1 of its layout holds.</summary>
    internal bool HasOptions =>
        ExpiresAt.Microseconds != 0 || DisplayQuantity.Lots != 0 || StopPrice.Ticks != 0 || QuoteQuantity.Units != 0
        || Type > OrderType.Market || (Type == OrderType.Market && LimitPrice.Ticks != 0)
        || TimeInForce > TimeInForce.FillOrKill;
}
