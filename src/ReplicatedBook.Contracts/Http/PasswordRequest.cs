namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of PUT /v1/auth/password.</summary>
public sealed record PasswordRequest
{
    /// <summary>The password as it is.</summary>
    public required string Current { get; init; }

    /// <summary>The password as it is to be, 12 to 128 characters.</summary>
    public required string New { get; init; }
}
