namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/accounts.</summary>
public sealed record CreateAccountRequest
{
    /// <summary>0 to 64 printable ASCII characters, for people.</summary>
    public string? Label { get; init; }
}
