namespace ReplicatedBook.Client.Outcomes;

/// <summary>The value of an answer without a body.</summary>
public sealed record NoContent;
