using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus.Tests.Harness;

/// <summary>One step's write, under way to the disk, and the messages that wait for it.</summary>
internal sealed record TestWrite(
    HardState? HardState, SnapshotMark? ResetLogTo, long TruncateFrom, LogEntry[] Entries, long CommitIndex,
    RaftMessage[] MessagesAfter, bool BecameWhole)
{
    public bool HasContent => HardState is not null || ResetLogTo is not null || TruncateFrom > 0 || Entries.Length > 0
        || BecameWhole;
}
