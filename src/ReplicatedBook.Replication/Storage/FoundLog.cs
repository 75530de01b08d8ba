namespace ReplicatedBook.Replication.Storage;

/// <summary>The log as reading found it.</summary>
/// <param name="Whole">All of it; null when some is damaged.</param>
/// <param name="Replay">What can be read: all of it, or all before the first damaged record; null when not even the
/// first segment's header is whole.</param>
/// <param name="Damage">What is wrong; null when nothing is.</param>
internal sealed record FoundLog(RecoveredLog? Whole, LogReplay? Replay, StorageDamagedException? Damage);
