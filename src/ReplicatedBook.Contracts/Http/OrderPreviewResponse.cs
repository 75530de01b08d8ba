namespace ReplicatedBook.Contracts.Http;

/// <summary>What would become of an order that would be accepted; nothing was done.</summary>
/// <param name="Status">open, filled, canceled, expired or pending.</param>
/// <param name="Reason">Why it would be canceled or expire; absent otherwise.</param>
/// <param name="FilledQuantity">What it would trade at once.</param>
/// <param name="RemainingQuantity">What would stay open; zero when it would be closed.</param>
/// <param name="AveragePrice">Mean of its trades by quantity; absent without a trade.</param>
/// <param name="Reserved">What would be held for what stays open: quote asset for a buy, base asset for a
/// sell.</param>
/// <param name="Fills">What it would trade at each price, best first.</param>
/// <param name="ExistingOrder">The order that it repeats by its client_order_id, and which the rest is of; absent
/// otherwise.</param>
public sealed record OrderPreviewResponse(
    string Status, string? Reason, string FilledQuantity, string RemainingQuantity, string? AveragePrice,
    string Reserved, IReadOnlyList<PreviewFillResponse> Fills, OrderState? ExistingOrder);
