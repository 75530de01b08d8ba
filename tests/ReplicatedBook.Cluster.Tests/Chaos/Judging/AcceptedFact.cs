namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>An order that was accepted.</summary>
/// <param name="Index">Entry that brought it.</param>
/// <param name="Order">The exchange's id.</param>
/// <param name="Lots">Hundredths of its quantity.</param>
internal readonly record struct AcceptedFact(long Index, string Order, long Lots);
