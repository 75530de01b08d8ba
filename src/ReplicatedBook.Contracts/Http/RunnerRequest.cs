namespace ReplicatedBook.Contracts.Http;

/// <summary>One that may win, as it is to be called.</summary>
public sealed record RunnerRequest
{
    /// <summary>Unique in its market: digits, 1 to 1000000000.</summary>
    public required string RunnerId { get; init; }

    /// <summary>For people: 1 to 64 printable ASCII characters.</summary>
    public required string Name { get; init; }
}
