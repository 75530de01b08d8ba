using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client.Sending;

/// <summary>One attempt and what it tells.</summary>
/// <param name="Kind">What it tells of the request.</param>
/// <param name="Body">Whole body of a success; empty otherwise.</param>
/// <param name="Problem">The server's word; null when there was none.</param>
/// <param name="Mark">From the headers; default when there was no answer.</param>
/// <param name="Cause">What went wrong on the way; null when there was an answer.</param>
/// <param name="RetryAfter">Least pause the server asks for; zero when it asks for none.</param>
internal readonly record struct Attempt(
    AttemptKind Kind, byte[] Body, Problem? Problem, ResponseMark Mark, string? Cause, TimeSpan RetryAfter)
{
    public static Attempt Failed(AttemptKind kind, string cause) => new(kind, [], null, default, cause, TimeSpan.Zero);
}
