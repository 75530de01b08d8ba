using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>The log on disk; section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Bytes of one file of the log. Default 64 MiB: few files, and room is given back in small
    /// steps.</summary>
    [Range(1 << 16, 1 << 30)]
    public long SegmentBytes { get; set; } = 64 << 20;
}
