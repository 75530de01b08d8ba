namespace ReplicatedBook.Node.Gateway;

/// <summary>The members' digests at one index.</summary>
/// <param name="Reports">In the order in which the members were given.</param>
/// <param name="IsConsistent">Whether all that answered agree.</param>
/// <param name="FirstDivergence">Lowest index at which they differ; null when they agree, or when the search took too
/// long.</param>
internal sealed record Comparison(DigestReport[] Reports, bool IsConsistent, long? FirstDivergence);
