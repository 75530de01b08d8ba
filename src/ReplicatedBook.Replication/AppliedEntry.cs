using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication;

/// <summary>An applied entry as it stands in the log.</summary>
/// <param name="Entry">The entry; its content is not to be changed.</param>
/// <param name="At">Time that the leader stamped; null for an entry without a command.</param>
/// <param name="Command">Kind of its command, also of one that is wrapped with where it came from; null for an entry
/// without one that can be read.</param>
public readonly record struct AppliedEntry(LogEntry Entry, Timestamp? At, CommandKind? Command)
{
    /// <summary>Who sent its command; null for an entry without one that can be read.</summary>
    public UserId? User { get; init; }

    /// <summary>Whether it holds the hash of a password or of another secret, which is not for every reader.</summary>
    public bool HasSecret { get; init; }

    /// <summary>Looks into an entry.</summary>
    public static AppliedEntry Of(in LogEntry entry) =>
        entry.Kind == EntryKind.Command && EntryPayload.TryRead(entry.Payload.Span, out var at, out var command)
            ? new AppliedEntry(entry, at, CommandCodec.KindOf(CommandCodec.Unwrap(command)))
            {
                User = CommandCodec.UserOf(command),
                HasSecret = CommandCodec.HasSecret(command),
            }
            : new AppliedEntry(entry, null, null);
}
