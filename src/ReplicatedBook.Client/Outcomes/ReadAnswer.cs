using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client.Outcomes;

/// <summary>What came of a read.</summary>
/// <typeparam name="T">Body of an answer.</typeparam>
/// <param name="Kind">Whether it was answered, refused, or no node could serve it.</param>
/// <param name="Value">The answer; null unless answered.</param>
/// <param name="Problem">Why not, as the last server said it; null when answered, or when none could be
/// reached.</param>
/// <param name="Mark">From the last answer; default when there was none.</param>
/// <param name="Cause">What the last attempt without an answer met; null when there was none.</param>
public sealed record ReadAnswer<T>(ReadKind Kind, T? Value, Problem? Problem, ResponseMark Mark, string? Cause)
    where T : class
{
    /// <summary>Whether it was answered.</summary>
    public bool IsAnswered => Kind == ReadKind.Answered;

    /// <summary>The answer.</summary>
    /// <exception cref="OutcomeException">There is none.</exception>
    public T Require() => IsAnswered
        ? Value!
        : throw new OutcomeException(
            Kind == ReadKind.Refused ? OutcomeKind.Rejected : OutcomeKind.NotExecuted, Problem, Describe());

    /// <summary>One line for people.</summary>
    public string Describe() => OutcomeText.Of(Kind.ToString(), Problem, Cause);
}
