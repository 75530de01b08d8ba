namespace ReplicatedBook.Matching;

/// <summary>The exchange's state or its caller broke a rule that must always hold; never caught.</summary>
/// <param name="claim">What should have been true.</param>
public sealed class InvariantViolatedException(string claim) : Exception(claim);
