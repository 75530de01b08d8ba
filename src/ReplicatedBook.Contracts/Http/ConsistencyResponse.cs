namespace ReplicatedBook.Contracts.Http;

/// <summary>The members' digests at one index.</summary>
/// <param name="Index">The common index.</param>
/// <param name="Consistent">Whether all that answered have one digest (and state hash, where asked for).</param>
/// <param name="Nodes">In order of id.</param>
/// <param name="FirstDivergence">Only when they differ: the lowest index at which they do, as far as records are
/// kept.</param>
public sealed record ConsistencyResponse(
    long Index, bool Consistent, IReadOnlyList<ConsistencyNode> Nodes, long? FirstDivergence);
