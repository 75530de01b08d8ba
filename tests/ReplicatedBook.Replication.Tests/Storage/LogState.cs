using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>A state of the log, simple enough to be right: a start, a list, a commit index.</summary>
internal sealed record LogState(SnapshotMark Start, IReadOnlyList<LogEntry> Entries, long CommitIndex)
{
    public SnapshotMark Last => Entries.Count == 0 ? Start : new SnapshotMark(Entries[^1].Index, Entries[^1].Term);

    public long? TermAt(long index) =>
        index == Start.Index
            ? Start.Term
            : Entries.Where(entry => entry.Index == index).Select(entry => (long?)entry.Term).FirstOrDefault();

    public LogState Append(LogEntry entry) => this with { Entries = [.. Entries, entry] };

    public LogState TruncateFrom(long index) =>
        this with { Entries = [.. Entries.TakeWhile(entry => entry.Index < index)] };

    public LogState Commit(long index) =>
        this with { CommitIndex = Math.Max(CommitIndex, Math.Min(index, Last.Index)) };

    public LogState Reset(SnapshotMark mark) => new(mark, [], Math.Max(CommitIndex, mark.Index));
}
