using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>Which audit records are wanted.</summary>
public sealed record AuditQuery
{
    /// <summary>Most records, 1 or more.</summary>
    public required int Limit { get; init; }

    /// <summary>Only those of a higher sequence.</summary>
    public long After { get; init; }

    /// <summary>Only those of a lower sequence.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>Only what this user did; null for all.</summary>
    public UserId? User { get; init; }

    /// <summary>Only this action; null or empty for all.</summary>
    public string? Action { get; init; }

    /// <summary>Whether the oldest come first; else the newest do.</summary>
    public bool OldestFirst { get; init; }
}
