using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Why a request is not answered as wished; becomes a <see cref="Problem"/> when it is written.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Detail">What is known of this case; null for nothing more.</param>
internal sealed record ApiProblem(ProblemCode Code, string? Detail = null)
{
    /// <summary>One of the words of <see cref="Outcomes"/>.</summary>
    public string Outcome { get; init; } = Outcomes.NotExecuted;

    /// <summary>Defects by field; null for none.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>Final state of an order that is not open.</summary>
    public OrderState? Order { get; init; }

    /// <summary>Lowest index that can be served.</summary>
    public long? OldestIndex { get; init; }

    /// <summary>Log index of the command when it is in the log; null for the position in the headers.</summary>
    public long? Index { get; init; }

    /// <summary>A problem of one field.</summary>
    public static ApiProblem OfField(ProblemCode code, string field, string message) => new(code, message)
    {
        Errors = [new FieldError(field, code.Code, message)],
    };
}
