using ReplicatedBook.Contracts;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>Why a line was not understood.</summary>
/// <param name="Tag">Of the command; null where not even that could be read.</param>
/// <param name="Code">What is wrong.</param>
/// <param name="Message">For people.</param>
internal sealed record LineDefect(string? Tag, ProblemCode Code, string Message);
