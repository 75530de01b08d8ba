namespace ReplicatedBook.Consensus;

/// <summary>Answer to one read barrier.</summary>
/// <param name="RequestId">Number of the barrier.</param>
/// <param name="Index">Serve once this index is applied; -1 when leadership could not be confirmed.</param>
public readonly record struct ReadResult(long RequestId, long Index);
