using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Takes an open order out.</summary>
/// <param name="Account">Owner; needed with a client order id, else 0 for any account of the sender.</param>
/// <param name="Order">The order; 0 when it is named by client order id.</param>
/// <param name="ClientOrderId">Names the order when <paramref name="Order"/> is 0.</param>
public readonly record struct CancelOrder(
    AccountId Account,
    OrderId Order,
    ClientOrderId ClientOrderId);
