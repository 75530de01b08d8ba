using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Replication;

/// <summary>Enough to make a past state anew.</summary>
/// <param name="Start">The snapshot, or the empty state, to begin from.</param>
/// <param name="Entries">Applied entries without a gap; they may begin before the one after
/// <paramref name="Start"/>.</param>
internal sealed record PastLog(SnapshotMark Start, IReadOnlyList<LogEntry> Entries);
