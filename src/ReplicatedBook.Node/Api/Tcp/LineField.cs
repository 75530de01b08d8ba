namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>A field of a command that is known by its position.</summary>
/// <param name="Name">For people.</param>
/// <param name="Form">What it must be, for people.</param>
/// <param name="Take">Its value in the one form that it has here; null for what it cannot be.</param>
/// <param name="IsOptional">Whether it may be left out; only the last one of a command.</param>
internal sealed record LineField(string Name, string Form, Func<string, string?> Take, bool IsOptional = false);
