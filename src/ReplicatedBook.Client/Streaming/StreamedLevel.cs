namespace ReplicatedBook.Client.Streaming;

/// <summary>All that rests at one price.</summary>
/// <param name="Price">As the node writes it.</param>
/// <param name="Quantity">As the node writes it.</param>
public readonly record struct StreamedLevel(string Price, string Quantity);
