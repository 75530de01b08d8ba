namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of PATCH /v1/users/{user_id}; at least one field.</summary>
public sealed record UpdateUserRequest
{
    /// <summary>At least one of admin, operator, auditor and user; absent to leave them.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Whether kept out; absent to leave it.</summary>
    public bool? Disabled { get; init; }
}
