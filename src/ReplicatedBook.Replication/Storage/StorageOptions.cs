namespace ReplicatedBook.Replication.Storage;

/// <summary>Sizes of storage.</summary>
public sealed record StorageOptions
{
    /// <summary>Smallest allowed <see cref="SegmentBytes"/>: 1 KiB, a header and a few records; for tests.</summary>
    public const long MinSegmentBytes = 1L << 10;

    /// <summary>Largest allowed <see cref="SegmentBytes"/>: 1 GiB, since a segment is read whole at opening.</summary>
    public const long MaxSegmentBytes = 1L << 30;

    /// <summary>Size of a log segment in bytes, zeroed ahead of use. Default 64 MiB: few files, and a second's worth of
    /// load.</summary>
    /// <remarks>A soft limit: a record larger than this gets a segment of its own, and the closing marks of a segment
    /// may pass it by less than 100 bytes.</remarks>
    public long SegmentBytes { get; init; } = 64L << 20;

    internal void Check()
    {
        if (SegmentBytes is < MinSegmentBytes or > MaxSegmentBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(SegmentBytes), SegmentBytes, $"must be from {MinSegmentBytes} to {MaxSegmentBytes}");
        }
    }
}
