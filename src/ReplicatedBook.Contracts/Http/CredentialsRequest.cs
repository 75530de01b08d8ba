namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/bootstrap, /v1/auth/register and /v1/auth/login.</summary>
public sealed record CredentialsRequest
{
    /// <summary>3 to 32 of a-z, 0-9, dot, underscore and hyphen, the first a letter or digit; capitals count as small
    /// letters.</summary>
    public required string Username { get; init; }

    /// <summary>12 to 128 characters.</summary>
    public required string Password { get; init; }
}
