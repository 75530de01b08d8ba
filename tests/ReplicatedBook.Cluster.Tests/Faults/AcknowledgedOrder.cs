namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>What a client was told of its order.</summary>
/// <param name="OrderId">The exchange's id.</param>
/// <param name="Account">Its owner.</param>
/// <param name="CreatedIndex">Log index that accepted it.</param>
internal sealed record AcknowledgedOrder(string OrderId, string Account, long CreatedIndex);
