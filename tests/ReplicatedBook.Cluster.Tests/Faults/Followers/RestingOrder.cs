namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary>An order in a book.</summary>
/// <param name="Id">The exchange's.</param>
/// <param name="IsBuy">Its side.</param>
/// <param name="Price">As the node writes it.</param>
/// <param name="Lots">Left to trade.</param>
internal sealed record RestingOrder(string Id, bool IsBuy, string Price, long Lots);
