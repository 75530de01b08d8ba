namespace ReplicatedBook.Contracts.Http;

/// <summary>Answer to the setting of a dead man's switch.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="CancelAt">Cluster time at which it fires; absent when it is off.</param>
/// <param name="Receipt">Where the change stands in the log.</param>
public sealed record CancelAfterResponse(string AccountId, string? CancelAt, Receipt? Receipt);
