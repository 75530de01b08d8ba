using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Problems that do not come from the exchange.</summary>
internal static class Problems
{
    public static ApiProblem Of(ReadFailure failure) =>
        new(failure.Code, failure.Detail) { OldestIndex = failure.OldestIndex };

    public static ApiProblem NotFound(string detail) => new(ProblemCodes.NotFound, detail);

    /// <summary>A submission that was neither applied nor appended.</summary>
    public static ApiProblem Of(SubmissionEnding ending) => ending switch
    {
        SubmissionEnding.NoLeader => new ApiProblem(ProblemCodes.NoLeader, "no leader took the command in time"),
        SubmissionEnding.Overloaded => new ApiProblem(ProblemCodes.Overloaded, "too many commands are waiting"),
        SubmissionEnding.Diverged => new ApiProblem(ProblemCodes.ShuttingDown, ReadGateway.Diverged),
        SubmissionEnding.NotSupported => new ApiProblem(
            ProblemCodes.FeatureDisabled, "not all nodes carry this command out yet"),
        SubmissionEnding.StorageFull => new ApiProblem(ProblemCodes.StorageFull, "the leader's disk is full"),
        SubmissionEnding.ShuttingDown => new ApiProblem(ProblemCodes.ShuttingDown, "the node is stopping"),
        _ => new ApiProblem(
            ProblemCodes.OutcomeUnknown,
            "the command may have taken effect or may yet do so; repeat it with its key, or ask GET /v1/commands/{key}")
        {
            Outcome = Outcomes.Unknown,
        },
    };
}
