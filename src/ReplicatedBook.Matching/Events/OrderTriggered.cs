using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A trade triggered a stop order; what it does at once follows as trades and an end.</summary>
/// <param name="Order">The order.</param>
/// <param name="Account">Its owner.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="Side">Its side.</param>
/// <param name="StopPrice">Its stop price.</param>
public readonly record struct OrderTriggered(
    OrderId Order,
    AccountId Account,
    InstrumentId Instrument,
    Side Side,
    Price StopPrice);
