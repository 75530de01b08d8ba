namespace ReplicatedBook.Contracts;

/// <summary>What always goes with a code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">The code in words.</param>
/// <param name="Retryable">Whether the same request may succeed later, unchanged.</param>
public sealed record ProblemCode(string Code, int Status, string Title, bool Retryable)
{
    /// <summary>Problem type of RFC 9457.</summary>
    public string Type { get; } = "urn:replicatedbook:error:" + Code;
}
