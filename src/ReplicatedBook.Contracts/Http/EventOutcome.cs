namespace ReplicatedBook.Contracts.Http;

/// <summary>One outcome of an event that is to be created.</summary>
public sealed record EventOutcome
{
    /// <summary>1 to 20 characters of A-Za-z0-9._-; unique in its event.</summary>
    public required string Id { get; init; }

    /// <summary>For people; at most 128 bytes. Absent for the id.</summary>
    public string? Title { get; init; }
}
