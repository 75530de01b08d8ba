using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>When snapshots are taken; section <c>Snapshot</c>.</summary>
internal sealed class SnapshotOptions
{
    public const string Section = "Snapshot";

    /// <summary>Entries between two snapshots. Default 100,000 (API.md 1.7).</summary>
    [Range(1, 100_000_000)]
    public int EveryEntries { get; set; } = 100_000;

    /// <summary>Cluster time between two snapshots at least, unless ten times as many entries have passed. Default
    /// 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MinInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Entries kept before the newest snapshot, for followers that are a little behind. Default
    /// 10,000.</summary>
    [Range(0, 100_000_000)]
    public int KeepEntries { get; set; } = 10_000;
}
