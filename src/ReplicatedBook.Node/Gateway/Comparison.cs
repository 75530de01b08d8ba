namespace ReplicatedBook.Node.Gateway;

/// <summary>The members' digests at one index.</summary>
/// <param name="Index">Which.</param>
/// <param name="Reports">In the order in which the members were given.</param>
/// <param name="IsConsistent">Whether all that answered agree.</param>
/// <param name="FirstDivergence">Lowest index at which they differ; null when they agree, or when it could not be
/// found: the search took too long, what was before is no longer held, or the states differ below equal
/// digests.</param>
internal sealed record Comparison(
    long Index, DigestReport[] Reports, bool IsConsistent, long? FirstDivergence);
