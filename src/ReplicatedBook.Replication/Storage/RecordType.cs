namespace ReplicatedBook.Replication.Storage;

/// <summary>What a record of the write-ahead log says.</summary>
/// <remarks>The numbers are on disk: never renumber one, never use one again. 0 is free space.</remarks>
internal enum RecordType : byte
{
    /// <summary>Appends an entry: its index, term, kind and payload.</summary>
    Entry = 1,

    /// <summary>Removes all entries above an index; term is that of the entry at the index.</summary>
    Truncate = 2,

    /// <summary>Removes all entries; the log goes on after a snapshot's index and term.</summary>
    Reset = 3,

    /// <summary>All up to an index was known to be committed. Term is 0.</summary>
    Commit = 4,

    /// <summary>All records before this one were synced with success before this one was written; so damage before it
    /// was no crash. Index is its own offset in the file, term the segment's tag.</summary>
    Synced = 5,

    /// <summary>The segment ends here and the one with the next number exists. Index is that number, term is
    /// 0.</summary>
    NextSegment = 6,
}
