namespace ReplicatedBook.Client.Streaming;

/// <summary>An order that rests.</summary>
/// <param name="OrderId">The exchange's.</param>
/// <param name="Price">As the node writes it.</param>
/// <param name="Quantity">What of it is shown, as the node writes it.</param>
public readonly record struct StreamedOrder(string OrderId, string Price, string Quantity);
