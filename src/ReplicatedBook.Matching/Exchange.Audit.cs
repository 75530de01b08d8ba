using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Identity;

namespace ReplicatedBook.Matching;

/// <content>The audit: which commands are put on record, and how.</content>
public sealed partial class Exchange
{
    private readonly AuditTrail _audit;

    /// <summary>Whether a command of this kind leaves a record, or carries one that might.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOnRecord(CommandKind kind) =>
        (AuditActions.Kinds >> (int)kind & 1) != 0 && FeatureLevel >= FeatureLevels.Identity;

    /// <summary>Carries out a command that leaves a record, or one that is wrapped.</summary>
    private Applied ApplyOnRecord(
        CommandKind kind, in Envelope header, ref MessagePackReader reader, ReadOnlySpan<byte> content) =>
        kind == CommandKind.Audited
            ? ApplyWrapped(in header, ref reader)
            : ApplyAndRecord(kind, in header, ref reader, content, origin: default);

    /// <summary>Carries out what is wrapped. The wrapper has no key and no deadline, so that there is one place for
    /// each.</summary>
    private Applied ApplyWrapped(in Envelope outer, ref MessagePackReader reader)
    {
        if (!CommandReader.TryReadAudited(ref reader, out var origin, out var command) || !TextRules.IsText(origin)
            || !outer.Key.IsEmpty || outer.Deadline != 0)
        {
            return new Applied(Refuse(RejectReason.MalformedCommand), 0);
        }

        var inner = new MessagePackReader(command);
        if (!CommandReader.TryReadHeader(ref inner, out var kind, out var header) || kind == CommandKind.Audited
            || header.User != outer.User)
        {
            return new Applied(Refuse(RejectReason.MalformedCommand), 0);
        }

        var content = command[inner.Consumed..];
        return LevelOf(header.Version, (int)kind) > FeatureLevel
            ? new Applied(Refuse(RejectReason.FeatureDisabled), 0)
            : IsOnRecord(kind) ? ApplyAndRecord(kind, in header, ref inner, content, origin)
            : ApplyCommand(kind, in header, ref inner, content);
    }

    /// <summary>Carries out a command and records how it ended. What is no command leaves no record, nor does a retry:
    /// the first execution has left one.</summary>
    private Applied ApplyAndRecord(
        CommandKind kind, in Envelope header, ref MessagePackReader reader, ReadOnlySpan<byte> content,
        ReadOnlySpan<byte> origin)
    {
        var applied = ApplyCommand(kind, in header, ref reader, content);
        if (applied.IsReplay || applied.Reason == RejectReason.MalformedCommand
            // Every few minutes for every user, and of interest to nobody.
            || (kind == CommandKind.RotateSession && applied.Reason == RejectReason.None))
        {
            return applied;
        }

        Span<byte> target = stackalloc byte[AuditLayout.MaxTarget];
        target = target[..AuditActions.Target(kind, content, target)];
        Record(header.User.Value, AuditActions.Of(kind), target, origin, applied.Reason, outcome: default);
        return applied;
    }

    private void Record(
        long user, ReadOnlySpan<byte> action, ReadOnlySpan<byte> target, ReadOnlySpan<byte> origin,
        RejectReason result, ReadOnlySpan<byte> outcome)
    {
        var sequence = _audit.Last + 1;
        Span<byte> record = stackalloc byte[AuditLayout.MaxBytes];
        var packed = new PackedSpan(record);
        AuditLayout.Write(
            ref packed, sequence, AppliedIndex, Now.Microseconds, user, action, target, origin, result, outcome);
        _audit.Add(record[..packed.Length]);
        _events.Audited(sequence, user, action, target, origin, result, outcome);
    }

    /// <summary>Checked in this order: TextInvalid.</summary>
    private RejectReason ApplyRecordAudit(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadRecord(ref reader, out var action, out var target, out var origin, out var outcome))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var isValid = !action.IsEmpty && TextRules.IsText(action) && TextRules.IsText(origin)
            && TextRules.IsText(outcome) && target.Length <= AuditLayout.MaxTarget && TextRules.IsPrintable(target);
        var reason = barred != RejectReason.None ? barred
            : isValid ? RejectReason.None
            : RejectReason.TextInvalid;
        if (reason == RejectReason.None)
        {
            Record(header.User.Value, action, target, origin, RejectReason.None, outcome);
        }

        return Refuse(reason);
    }
}
