using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An iceberg shows its next peak, behind all others of its price.</summary>
/// <param name="Order">The order.</param>
/// <param name="Account">Its owner.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="Side">Its side.</param>
/// <param name="LimitPrice">Its limit.</param>
/// <param name="Shown">Lots of the new peak.</param>
public readonly record struct OrderReplenished(
    OrderId Order,
    AccountId Account,
    InstrumentId Instrument,
    Side Side,
    Price LimitPrice,
    Quantity Shown);
