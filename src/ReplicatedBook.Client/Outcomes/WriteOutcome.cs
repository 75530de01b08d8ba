using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client.Outcomes;

/// <summary>What became of a write. Exactly one of the four kinds; <see cref="OutcomeKind.Unknown"/> is never folded
/// into another.</summary>
/// <typeparam name="T">Body of a committed answer.</typeparam>
/// <param name="Kind">Which of the four.</param>
/// <param name="Value">The answer; null unless committed.</param>
/// <param name="Problem">Why not, as the server said it; null when committed, or when no node could be reached.</param>
/// <param name="Mark">From the deciding answer; default when there was none.</param>
/// <param name="Key">The request's key, with which it can be asked about (GET /v1/commands) or sent again.</param>
/// <param name="Attempts">How often it was sent, or tried to.</param>
/// <param name="Cause">What the last attempt without an answer met; null when there was none.</param>
public sealed record WriteOutcome<T>(
    OutcomeKind Kind, T? Value, Problem? Problem, ResponseMark Mark, string Key, int Attempts, string? Cause)
    where T : class
{
    /// <summary>Whether it is committed.</summary>
    public bool IsCommitted => Kind == OutcomeKind.Committed;

    /// <summary>The answer of a committed write.</summary>
    /// <exception cref="OutcomeException">It is not committed.</exception>
    public T Require() => IsCommitted ? Value! : throw new OutcomeException(Kind, Problem, Describe());

    /// <summary>The same with a part of the value.</summary>
    public WriteOutcome<TPart> Select<TPart>(Func<T, TPart> part)
        where TPart : class =>
        new(Kind, Value is null ? null : part(Value), Problem, Mark, Key, Attempts, Cause);

    /// <summary>One line for people.</summary>
    public string Describe() => OutcomeText.Of(Kind.ToString(), Problem, Cause);
}
