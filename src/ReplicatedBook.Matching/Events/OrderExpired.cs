using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An order's own instructions ended it with lots left; it never rested.</summary>
/// <param name="Order">Its id.</param>
/// <param name="Account">Its owner.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="Side">Its side.</param>
/// <param name="Remaining">Lots that were left.</param>
/// <param name="Reason">Why.</param>
public readonly record struct OrderExpired(
    OrderId Order,
    AccountId Account,
    InstrumentId Instrument,
    Side Side,
    Quantity Remaining,
    StatusReason Reason);
