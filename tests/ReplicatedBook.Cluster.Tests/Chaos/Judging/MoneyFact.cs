namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>A change of an account's money.</summary>
/// <param name="Index">Entry that made it.</param>
/// <param name="Change">Units, negative for a withdrawal.</param>
/// <param name="Total">Units after it.</param>
internal readonly record struct MoneyFact(long Index, long Change, long Total);
