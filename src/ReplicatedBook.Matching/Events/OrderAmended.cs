using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An open order was changed; trades may follow if its new price crosses.</summary>
/// <param name="Order">Its id.</param>
/// <param name="Account">Its owner.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="Side">Its side.</param>
/// <param name="LimitPrice">The limit now.</param>
/// <param name="Quantity">Total lots now, what is filled included.</param>
/// <param name="Remaining">Lots left now.</param>
/// <param name="KeptPriority">False when it went to the back of its level.</param>
public readonly record struct OrderAmended(
    OrderId Order,
    AccountId Account,
    InstrumentId Instrument,
    Side Side,
    Price LimitPrice,
    Quantity Quantity,
    Quantity Remaining,
    bool KeptPriority);
