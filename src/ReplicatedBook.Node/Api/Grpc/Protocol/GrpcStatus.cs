using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>How a call ended; becomes its trailers.</summary>
/// <param name="Code">As gRPC numbers it.</param>
/// <param name="Message">For people; null for none.</param>
internal sealed record GrpcStatus(GrpcCode Code, string? Message = null)
{
    /// <summary>All went well.</summary>
    public static GrpcStatus Ok { get; } = new(GrpcCode.Ok);

    /// <summary>The code of API.md 1.5; null for a call that went well.</summary>
    public string? ProblemCode { get; private init; }

    /// <summary>What became of the command; null for a call that went well.</summary>
    public string? Outcome { get; private init; }

    /// <summary>Log index of a command that is in the log, else where the node stands; null where neither is
    /// known.</summary>
    public long? Index { get; private init; }

    /// <summary>A problem that a route answered.</summary>
    public static GrpcStatus Of(Problem problem) => new(CodeOf(problem.Status, problem.Code), problem.Detail)
    {
        ProblemCode = problem.Code,
        Outcome = problem.Outcome,
        Index = problem.Index,
    };

    /// <summary>A problem found before any route was asked.</summary>
    public static GrpcStatus Of(ApiProblem problem) => new(
        CodeOf(problem.Code.Status, problem.Code.Code), problem.Detail)
    {
        ProblemCode = problem.Code.Code,
        Outcome = problem.Outcome,
        Index = problem.Index,
    };

    /// <summary>A problem of the protocol, with the status that gRPC has for it.</summary>
    public static GrpcStatus Of(GrpcCode code, ProblemCode problem, string message) => new(code, message)
    {
        ProblemCode = problem.Code,
        Outcome = Outcomes.NotExecuted,
    };

    /// <summary>A message or a frame that cannot be understood.</summary>
    public static GrpcStatus Malformed(string message) =>
        Of(GrpcCode.InvalidArgument, ProblemCodes.MalformedRequest, message);

    /// <summary>A field that cannot be understood.</summary>
    public static GrpcStatus Invalid(string field, string message) => Of(
        ApiProblem.OfField(ProblemCodes.InvalidField, field, $"{field} {message}"));

    /// <summary>A field that is not there.</summary>
    public static GrpcStatus Missing(string field) => Of(
        ApiProblem.OfField(ProblemCodes.MissingField, field, $"{field} must be given"));

    /// <summary>The client's deadline has passed.</summary>
    /// <param name="isWrite">Whether something may have come of the call, or may yet.</param>
    public static GrpcStatus DeadlinePassed(bool isWrite) => isWrite
        ? Of(Problems.Of(Gateway.SubmissionEnding.Unknown))
        : new GrpcStatus(GrpcCode.DeadlineExceeded, "the deadline has passed")
        {
            ProblemCode = ProblemCodes.RequestTimeout.Code,
            Outcome = Outcomes.NotExecuted,
        };

    /// <summary>API.md 1.5.</summary>
    private static GrpcCode CodeOf(int status, string code) => status switch
    {
        400 or 415 => GrpcCode.InvalidArgument,
        401 => GrpcCode.Unauthenticated,
        403 => GrpcCode.PermissionDenied,
        404 => GrpcCode.NotFound,
        405 => GrpcCode.Unimplemented,
        408 or 504 => GrpcCode.DeadlineExceeded,
        409 => IsOfExistence(code) ? GrpcCode.AlreadyExists : GrpcCode.FailedPrecondition,
        410 => GrpcCode.OutOfRange,
        412 => GrpcCode.Aborted,
        413 or 429 => GrpcCode.ResourceExhausted,
        422 => GrpcCode.FailedPrecondition,
        503 => GrpcCode.Unavailable,
        _ => GrpcCode.Internal,
    };

    private static bool IsOfExistence(string code) =>
        code == ProblemCodes.AlreadyExists.Code || code == ProblemCodes.DuplicateClientOrderId.Code
        || code == ProblemCodes.BootstrapDone.Code;
}
