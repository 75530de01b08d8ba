using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>Events kept for readers of the feed, in memory and on the disk; section <c>Feed</c>.</summary>
internal sealed class FeedOptions
{
    public const string Section = "Feed";

    /// <summary>Most entries in memory. Default 131,072: ten seconds at the highest load measured.</summary>
    [Range(1, 100_000_000)]
    public int MaxEntries { get; set; } = 1 << 17;

    /// <summary>Most bytes in memory. Default 64 MiB.</summary>
    [Range(1 << 10, 1L << 34)]
    public long MaxBytes { get; set; } = 64L << 20;

    /// <summary>Most bytes of the journal of events in the data directory, which reaches back to the oldest snapshot
    /// unless it is cut by this; 0 for no journal. Default 2 GiB; less than 32 MiB counts as that.</summary>
    [Range(0, 1L << 42)]
    public long MaxJournalBytes { get; set; } = 2L << 30;

    /// <summary>Most streams read at one time; one more is answered with <c>overloaded</c>. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxStreams { get; set; } = 1_000;

    /// <summary>Changes kept of each followed book, and of each of its followed depths, counted in lines and orders,
    /// for followers that are behind. Default 16,384: half a second at the highest load measured.</summary>
    [Range(1, 1_000_000_000)]
    public int MaxBookChanges { get; set; } = 1 << 14;

    /// <summary>Bytes of events kept for each other thing that is followed: the trades of an instrument, what is
    /// private to an account. Default 256 KiB; who is further behind reads from the feed itself.</summary>
    [Range(1, 1L << 34)]
    public long MaxFollowedBytes { get; set; } = 256L << 10;

    /// <summary>A stream without events sends a sign of life so often. Default 15 s: below the idle limits of
    /// proxies.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);
}
