using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An order was taken out with lots left.</summary>
/// <param name="Order">Its id.</param>
/// <param name="Account">Its owner.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="Side">Its side.</param>
/// <param name="LimitPrice">Its limit.</param>
/// <param name="Remaining">Lots that were left.</param>
/// <param name="Reason">Why.</param>
public readonly record struct OrderCanceled(
    OrderId Order,
    AccountId Account,
    InstrumentId Instrument,
    Side Side,
    Price LimitPrice,
    Quantity Remaining,
    StatusReason Reason);
