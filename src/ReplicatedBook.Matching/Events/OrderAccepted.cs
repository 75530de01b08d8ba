using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An order passed all checks; what it does at once follows as trades and an end.</summary>
/// <param name="Order">Its id.</param>
/// <param name="Account">Its owner.</param>
/// <param name="ClientOrderId">As given; may be empty.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="Side">Its side.</param>
/// <param name="Type">Its type.</param>
/// <param name="LimitPrice">Its limit; 0 for market orders.</param>
/// <param name="Quantity">Lots asked for.</param>
/// <param name="TimeInForce">As given.</param>
/// <param name="IsPostOnly">As given.</param>
public readonly record struct OrderAccepted(
    OrderId Order,
    AccountId Account,
    ClientOrderId ClientOrderId,
    InstrumentId Instrument,
    Side Side,
    OrderType Type,
    Price LimitPrice,
    Quantity Quantity,
    TimeInForce TimeInForce,
    bool IsPostOnly);
