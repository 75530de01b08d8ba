namespace ReplicatedBook.Contracts.Http;

/// <summary>Part of a list.</summary>
/// <param name="Items">Newest first unless order=asc was asked for.</param>
/// <param name="NextCursor">Absent at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
