namespace ReplicatedBook.Consensus.Log;

/// <summary>Reads the log in memory.</summary>
public interface ILogReader
{
    /// <summary>The snapshot that the log follows on.</summary>
    SnapshotMark Snapshot { get; }

    /// <summary>First index still held; LastIndex + 1 when none is.</summary>
    long FirstIndex { get; }

    /// <summary>Last index; that of the snapshot when no entry follows it.</summary>
    long LastIndex { get; }

    /// <summary>Term of the last entry.</summary>
    long LastTerm { get; }

    /// <summary>Term of the entry at an index; null when it is compacted away or does not exist yet.</summary>
    long? TermAt(long index);

    /// <summary>The entry at an index from <see cref="FirstIndex"/> to <see cref="LastIndex"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not held.</exception>
    LogEntry EntryAt(long index);
}
