using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Changes an open limit order: less quantity alone keeps time priority, all else loses it.</summary>
/// <param name="Account">Owner as the sender claims it; 0 for any account of the sender.</param>
/// <param name="Order">The order.</param>
/// <param name="LimitPrice">New limit; 0 leaves it.</param>
/// <param name="Quantity">New total quantity, what is filled included; 0 leaves it. At most the filled quantity cancels
/// the order.</param>
/// <param name="ExpectedRemaining">Refused unless so many lots remain; 0 for any.</param>
public readonly record struct AmendOrder(
    AccountId Account,
    OrderId Order,
    Price LimitPrice,
    Quantity Quantity,
    Quantity ExpectedRemaining);
