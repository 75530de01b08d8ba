using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Collects what is wrong with a request, so that all of it is answered at once.</summary>
/// <remarks>Bounded: what is found beyond the limit is counted as seen and not listed.</remarks>
internal sealed class Defects
{
    private const int MaxListed = 20;

    private readonly List<FieldError> _errors = [];
    private ProblemCode? _code;

    /// <summary>How many were found, those beyond the limit included.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a defect. The answer's code is that of the lowest status, and the first of those: what cannot be
    /// read comes before what is not allowed.</summary>
    public void Add(ProblemCode code, string field, string message)
    {
        if (_code is null || code.Status < _code.Status)
        {
            _code = code;
        }

        Count++;
        if (_errors.Count < MaxListed)
        {
            _errors.Add(new FieldError(field, code.Code, message));
        }
    }

    /// <summary>A field that must be given and was not.</summary>
    public void Missing(string field) => Add(ProblemCodes.MissingField, field, $"{field} is missing");

    /// <summary>A field of the wrong form or range.</summary>
    public void Invalid(string field, string message) => Add(ProblemCodes.InvalidField, field, message);

    /// <summary>All of it; null when nothing is wrong.</summary>
    public ApiProblem? ToProblem()
    {
        if (_code is not { } code)
        {
            return null;
        }

        var leading = _errors.Find(error => error.Code == code.Code);
        return new ApiProblem(code, leading?.Message) { Errors = _errors };
    }
}
