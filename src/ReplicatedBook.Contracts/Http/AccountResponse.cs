namespace ReplicatedBook.Contracts.Http;

/// <summary>An account.</summary>
/// <param name="AccountId">Its id.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="Label">For people; may be empty.</param>
/// <param name="CreatedAt">Cluster time.</param>
/// <param name="CancelAfterAt">When its dead man's switch fires; absent when it is off, and in lists.</param>
/// <param name="Receipt">Only in the answer to the request that created it.</param>
public sealed record AccountResponse(
    string AccountId, string UserId, string Label, string CreatedAt, string? CancelAfterAt, Receipt? Receipt);
