using ReplicatedBook.Contracts;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <content>Reasons of users, keys, sessions and transfers.</content>
internal static partial class Rejections
{
    /// <summary>The same, where the command follows from a credential: whatever has changed about the user since it was
    /// judged, the answer is that of a wrong one.</summary>
    public static ApiProblem OfProof(CommandOutcome outcome, Catalog catalog) => outcome.Reason
        is RejectReason.UserNotFound or RejectReason.UserDisabled or RejectReason.TokenVersionMismatch
        or RejectReason.RefreshReused or RejectReason.RefreshInvalid
            ? new ApiProblem(ProblemCodes.InvalidCredentials, "the credential does not hold: log in again")
            {
                Outcome = Outcomes.Rejected,
            }
            : Of(outcome, catalog);

    private static (ProblemCode Code, string? Field, string Detail) OfIdentity(RejectReason reason) => reason switch
    {
        RejectReason.BootstrapDone => (ProblemCodes.BootstrapDone, null, "there is an administrator already"),
        RejectReason.UserNotFound => (ProblemCodes.NotFound, null, "no such user"),
        RejectReason.UsernameTaken => (ProblemCodes.AlreadyExists, "username", "there is a user of that name"),
        RejectReason.UsernameInvalid =>
            (ProblemCodes.InvalidField, "username",
                "username must be 3 to 32 letters, digits, dots, underscores and hyphens, the first a letter or digit"),
        RejectReason.PasswordHashInvalid =>
            (ProblemCodes.InvalidField, "password", "the hash of the password must be 1 to 256 characters"),
        RejectReason.RolesInvalid =>
            (ProblemCodes.InvalidField, "roles", "roles must be at least one of those there are"),
        RejectReason.LastAdmin =>
            (ProblemCodes.LastAdmin, null, "nobody who is enabled would be an administrator any more"),
        RejectReason.UserDisabled => (ProblemCodes.InvalidCredentials, null, "the user is disabled"),
        RejectReason.TokenVersionMismatch =>
            (ProblemCodes.VersionMismatch, null, "the user's password, roles or sessions have changed meanwhile"),
        RejectReason.RefreshReused =>
            (ProblemCodes.InvalidCredentials, "refresh_token", "the token was used before; its session has ended"),
        RejectReason.RefreshInvalid =>
            (ProblemCodes.InvalidCredentials, "refresh_token", "the token is of no session, or its session is over"),
        RejectReason.SessionNotFound => (ProblemCodes.NotFound, null, "no such session"),
        RejectReason.LifetimeOutOfRange =>
            (ProblemCodes.InvalidField, null, "a session must last from a second to 400 days"),
        RejectReason.ApiKeyNotFound => (ProblemCodes.NotFound, null, "no such API key"),
        RejectReason.ScopesInvalid =>
            (ProblemCodes.InvalidField, "scopes", "scopes must be at least one of those there are"),
        RejectReason.AddressesInvalid =>
            (ProblemCodes.InvalidField, "ip_allow", "ip_allow must be at most 16 addresses or ranges of addresses"),
        RejectReason.SigningKeyInvalid =>
            (ProblemCodes.InvalidField, "kid",
                "the name of a key or node has too many or other than the allowed characters"),
        RejectReason.SigningKeyExists => (ProblemCodes.AlreadyExists, "kid", "there is another key of that name"),
        RejectReason.SigningKeyNotFound => (ProblemCodes.NotFound, "kid", "no such signing key"),
        RejectReason.SameAccount =>
            (ProblemCodes.InvalidField, "to_account", "to_account must be another than from_account"),
        _ => (ProblemCodes.Internal, null, "a reason that this version does not know"),
    };
}
