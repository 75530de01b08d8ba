using ReplicatedBook.Contracts;

namespace ReplicatedBook.Node.Gateway;

/// <summary>Why a read has no answer.</summary>
/// <param name="Code">The code.</param>
/// <param name="Detail">For people.</param>
/// <param name="OldestIndex">With index_compacted: lowest index that can be served.</param>
internal sealed record ReadFailure(ProblemCode Code, string Detail, long? OldestIndex = null);
