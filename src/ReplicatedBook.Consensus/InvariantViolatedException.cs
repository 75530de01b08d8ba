namespace ReplicatedBook.Consensus;

/// <summary>Something that must be true is not: the process must end, for a replica that goes on is worse than
/// none.</summary>
/// <param name="rule">The rule that was broken.</param>
public sealed class InvariantViolatedException(string rule) : Exception($"broken invariant: {rule}");
