namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of PATCH /v1/events/{event_id}; at least one field. What is absent stays as it is.</summary>
public sealed record UpdateEventRequest
{
    /// <summary>As in <see cref="CreateEventRequest"/>.</summary>
    public string? Title { get; init; }

    /// <summary>As in <see cref="CreateEventRequest"/>; may be empty.</summary>
    public string? Description { get; init; }

    /// <summary>As in <see cref="CreateEventRequest"/>; may be empty.</summary>
    public string? Category { get; init; }

    /// <summary>As in <see cref="CreateEventRequest"/>; or never.</summary>
    public string? ClosesAt { get; init; }
}
