namespace ReplicatedBook.Contracts.Http;

/// <summary>Answer to a batch.</summary>
/// <param name="Results">One per order, in the order of the request.</param>
/// <param name="Receipt">Shared by all; absent when no order of the batch entered the log.</param>
public sealed record BatchResponse(IReadOnlyList<BatchResult> Results, Receipt? Receipt);
