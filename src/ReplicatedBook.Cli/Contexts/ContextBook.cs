namespace ReplicatedBook.Cli.Contexts;

/// <summary>All contexts of a user of the command line.</summary>
/// <param name="Current">The one that is used without --context; null for none.</param>
/// <param name="Contexts">By name.</param>
internal sealed record ContextBook(string? Current, SortedDictionary<string, ContextEntry> Contexts);
