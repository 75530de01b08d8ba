using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Simulation.Invariants;

/// <summary>What is to be put on record leaves exactly one audit record, however it ended; a retry and everything else
/// leaves none.</summary>
internal static class AuditWatch
{
    /// <summary>Holds what a command added to the audit against what it should have.</summary>
    /// <param name="command">As it is in the log.</param>
    /// <param name="answer">What became of it.</param>
    /// <param name="level">Feature level before it.</param>
    /// <param name="before">Sequence of the last record before it.</param>
    /// <param name="exchange">After it.</param>
    /// <returns>How many records it left.</returns>
    public static int Require(ReadOnlySpan<byte> command, Proposal answer, int level, long before, Exchange exchange)
    {
        var expected = level >= FeatureLevels.Identity && LeavesRecord(command, answer.Applied) ? 1 : 0;
        InvariantBrokenException.Require(
            exchange.LastAuditRecord == before + expected, "one-audit-record",
            () => $"entry {answer.Index} left {exchange.LastAuditRecord - before} audit records, not {expected}: "
                + answer.Applied);
        if (expected > 0)
        {
            var record = exchange.AuditRecords(new AuditQuery { Limit = 1 })[0];
            InvariantBrokenException.Require(
                record.Sequence == before + 1 && record.Index == answer.Index && record.At == answer.At
                    && record.Result == answer.Applied.Reason,
                "one-audit-record", () => $"entry {answer.Index}, {answer.Applied}, is on record as {record}");
        }

        return expected;
    }

    private static bool LeavesRecord(ReadOnlySpan<byte> command, Applied applied)
    {
        var inner = CommandCodec.Unwrap(command);
        return !applied.IsReplay
            && applied.Reason is not (RejectReason.MalformedCommand or RejectReason.FeatureDisabled)
            && CommandCodec.KindOf(inner) switch
            {
                CommandKind.RecordAudit => applied.Reason == RejectReason.None,
                CommandKind.RotateSession => applied.Reason != RejectReason.None, // Every few minutes for every user.
                _ => CommandCodec.IsOnRecord(inner),
            };
    }
}
