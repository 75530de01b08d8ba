namespace ReplicatedBook.Replication.Feed;

/// <summary>Settings of the journal of events on a node's disk.</summary>
public sealed record JournalOptions
{
    /// <summary>Least <see cref="MaxBytes"/> with which files of the usual size make sense: two of them.</summary>
    public const long MinBytes = 32L << 20;

    /// <summary>Bytes on the disk beyond which the oldest events go, although a snapshot is older than they. Default
    /// 2 GiB: twice what a million orders between two snapshots make.</summary>
    public long MaxBytes { get; init; } = 2L << 30;

    /// <summary>Bytes of a file before the next is begun. Default 16 MiB: what is released with snapshots goes by whole
    /// files.</summary>
    public int SegmentBytes { get; init; } = 16 << 20;

    /// <summary>Entries that may wait to be written. Default 65,536: most of a second at the highest load measured.
    /// When there are more, they are made anew from the log.</summary>
    public int MaxWaitingEntries { get; init; } = 1 << 16;

    /// <summary>Time between two writes. Default 20 ms: nobody is woken for a write, and a reader that needs one of
    /// these events finds it in memory until then.</summary>
    public TimeSpan WriteInterval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Readers that read from the disk at the same time; further ones wait. Default 4.</summary>
    public int MaxReads { get; init; } = 4;

    /// <summary>Longest wait of a reader for what is being made anew. Default 5 s.</summary>
    public TimeSpan MaxReadWait { get; init; } = TimeSpan.FromSeconds(5);
}
