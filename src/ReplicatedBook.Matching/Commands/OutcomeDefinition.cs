namespace ReplicatedBook.Matching.Commands;

/// <summary>One of the outcomes of which exactly one will be paid, or several in parts.</summary>
/// <param name="Id">1 to 20 characters of A-Za-z0-9._-; unique in its market, and part of the instrument's
/// symbol.</param>
/// <param name="Title">For people; UTF-8 without control characters, at most 128 bytes.</param>
public readonly record struct OutcomeDefinition(string Id, string Title);
