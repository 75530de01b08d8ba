using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>An order as readers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ClientOrderId">As given; may be empty.</param>
/// <param name="Account">Its owner.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="Side">Its side.</param>
/// <param name="Type">Its type.</param>
/// <param name="LimitPrice">Its limit; of market and stop orders their protection price, or 0.</param>
/// <param name="Quantity">Total lots, what is filled included.</param>
/// <param name="Filled">Lots traded.</param>
/// <param name="Remaining">Lots that may still trade; 0 once it is closed.</param>
/// <param name="FilledValue">Sum of price times lots over its trades, in ticks times lots: gives the average
/// price.</param>
/// <param name="TimeInForce">As given.</param>
/// <param name="IsPostOnly">As given.</param>
/// <param name="SelfTradePrevention">As given.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Reason">Why it is neither open nor filled.</param>
/// <param name="Reserved">Held for it now: quote units for a buy, base units for a sell.</param>
/// <param name="CreatedIndex">Log index that accepted it.</param>
/// <param name="UpdatedIndex">Log index of its last change.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record OrderView(
    OrderId Id,
    ClientOrderId ClientOrderId,
    AccountId Account,
    InstrumentId Instrument,
    Side Side,
    OrderType Type,
    Price LimitPrice,
    Quantity Quantity,
    Quantity Filled,
    Quantity Remaining,
    Int128 FilledValue,
    TimeInForce TimeInForce,
    bool IsPostOnly,
    SelfTradePrevention SelfTradePrevention,
    OrderStatus Status,
    StatusReason Reason,
    Amount Reserved,
    long CreatedIndex,
    long UpdatedIndex,
    Timestamp CreatedAt,
    Timestamp UpdatedAt)
{
    /// <summary>When a good-til-date order ends; 0 for all others.</summary>
    public Timestamp ExpiresAt { get; init; }

    /// <summary>An iceberg's peak; 0 for all others.</summary>
    public Quantity DisplayQuantity { get; init; }

    /// <summary>A stop order's price; 0 for all others.</summary>
    public Price StopPrice { get; init; }

    /// <summary>What a market buy may spend in place of a quantity; 0 for all others.</summary>
    public Amount QuoteQuantity { get; init; }

    /// <summary>Of an open iceberg's remaining lots those that the book does not show.</summary>
    public Quantity Hidden { get; init; }
}
