namespace ReplicatedBook.Contracts.Http;

/// <summary>A user.</summary>
/// <param name="UserId">Its id.</param>
/// <param name="Username">Its name.</param>
/// <param name="Roles">What it may do: admin, operator, auditor, user.</param>
/// <param name="Disabled">Whether it is kept out.</param>
/// <param name="CreatedAt">Cluster time.</param>
/// <param name="Version">Log index of its last change; its ETag.</param>
/// <param name="AccountId">The account that was opened with it; only in the answer to the request that created
/// it.</param>
/// <param name="Receipt">Only in answers to requests that changed it.</param>
public sealed record UserResponse(
    string UserId, string Username, IReadOnlyList<string> Roles, bool Disabled, string CreatedAt, long Version,
    string? AccountId, Receipt? Receipt);
