namespace ReplicatedBook.Replication.Feed;

/// <summary>Where an index is, as the journal sees it.</summary>
internal enum JournalPlace
{
    /// <summary>In the journal.</summary>
    Held,

    /// <summary>Older than the journal.</summary>
    Gone,

    /// <summary>It is still being written, or the journal is being opened.</summary>
    Awaited,
}
