using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client.Outcomes;

/// <summary>Thrown where a caller requires an answer that there is not.</summary>
/// <param name="kind">What is known: refused, surely not executed, or unknown.</param>
/// <param name="problem">As the server said it; null when no node answered.</param>
/// <param name="message">One line for people.</param>
public sealed class OutcomeException(OutcomeKind kind, Problem? problem, string message) : Exception(message)
{
    /// <summary>What is known of the request.</summary>
    public OutcomeKind Kind { get; } = kind;

    /// <summary>As the server said it; null when no node answered.</summary>
    public Problem? Problem { get; } = problem;
}
