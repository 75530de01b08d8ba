using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Gateway.Admission;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Security;

/// <summary>Puts on record, in the replicated audit, what happens outside of the log. Safe from any thread.</summary>
/// <remarks>Commands leave their record by themselves. Nothing is recorded of the local user: without authentication a
/// record would name nobody.</remarks>
internal sealed partial class AuditRecorder(CommandGateway gateway, IReplicatedLog log, ILogger<AuditRecorder> logger)
{
    private const int MaxTarget = 96;

    // What is recorded has happened: its answer does not wait for long when there is no leader.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Records something that a caller did.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="action">What: a word or two with a dot between them.</param>
    /// <param name="target">To what; of what a client typed, unprintable characters become question marks.</param>
    /// <param name="outcome">How it ended: <see cref="Api.Http.AuditText.Accepted"/>, or the code of the
    /// problem.</param>
    /// <returns>Whether it is on record now; false is in the node's log.</returns>
    public async ValueTask<bool> RecordAsync(Caller caller, string action, string target, string outcome)
    {
        if (caller.IsLocal || log.Status.FeatureLevel < FeatureLevels.Identity)
        {
            return false;
        }

        // A key, so that an attempt whose answer is lost is repeated and leaves one record.
        RequestKey.TryCreate($"audit:{Guid.NewGuid():N}", out var key);
        var record = new RecordAudit(action, Printable(target), caller.Origin?.ToString() ?? "", outcome);
        var submission = await gateway.SubmitAsync(new PendingCommand(
            (buffer, header) => CommandCodec.Write(buffer, header, record), caller.User, key, false,
            ProposalWait.Applied, CommandSource.Of(caller.User, default, caller.Origin), Patience));
        if (submission is { Ending: SubmissionEnding.Applied, Proposal.Applied.Reason: RejectReason.None })
        {
            return true;
        }

        LogUnrecorded(action, record.Target, caller.User.Value, record.Origin, outcome);
        return false;
    }

    private static string Printable(string text) => string.Create(
        Math.Min(text.Length, MaxTarget), text, static (printable, source) =>
        {
            for (var i = 0; i < printable.Length; i++)
            {
                printable[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
            }
        });

    [LoggerMessage(EventId = 210, Level = LogLevel.Warning,
        Message = "not in the audit: {Action} of {Target} by user {User} from {Origin}: {Outcome}")]
    private partial void LogUnrecorded(string action, string target, long user, string origin, string outcome);
}
