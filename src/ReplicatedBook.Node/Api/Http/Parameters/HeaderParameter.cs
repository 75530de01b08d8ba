namespace ReplicatedBook.Node.Api.Http.Parameters;

/// <summary>A request header that a route takes.</summary>
/// <param name="Name">As in the request.</param>
/// <param name="Description">What it does and its form, for people.</param>
/// <param name="MaxLength">Most characters; null where the form says it.</param>
internal sealed record HeaderParameter(string Name, string Description, int? MaxLength = null);
