namespace ReplicatedBook.Contracts.Http;

/// <summary>An order with its trades.</summary>
/// <param name="Order">The order.</param>
/// <param name="Fills">After a command: the trades it caused; in a read: all that are still kept, oldest first.</param>
/// <param name="Receipt">Only in the answer to a command.</param>
public sealed record OrderResponse(OrderState Order, IReadOnlyList<FillResponse> Fills, Receipt? Receipt);
