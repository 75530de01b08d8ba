using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An accepted order has options; follows its <see cref="OrderAccepted"/>.</summary>
/// <param name="Order">The order.</param>
/// <param name="Account">Its owner.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="ExpiresAt">When it ends; 0 for no such time.</param>
/// <param name="DisplayQuantity">Most lots shown at once; 0 for all.</param>
/// <param name="StopPrice">Price of the trade that triggers it; 0 for none.</param>
/// <param name="QuoteQuantity">What it may spend in place of a quantity; 0 for none.</param>
public readonly record struct OrderConditions(
    OrderId Order,
    AccountId Account,
    InstrumentId Instrument,
    Timestamp ExpiresAt,
    Quantity DisplayQuantity,
    Price StopPrice,
    Amount QuoteQuantity);
