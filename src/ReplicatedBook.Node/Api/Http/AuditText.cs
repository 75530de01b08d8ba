using ReplicatedBook.Matching.Commands;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Audit records in words.</summary>
internal static class AuditText
{
    /// <summary>Of what was done.</summary>
    public const string Accepted = "accepted";

    /// <summary>How it ended: what was said of something outside of the log, else <see cref="Accepted"/>, else the
    /// problem code of the refusal.</summary>
    public static string Outcome(RejectReason result, string outcome) =>
        outcome.Length > 0 ? outcome
            : result == RejectReason.None ? Accepted
            : Rejections.Of(result).Code.Code;
}
