namespace ReplicatedBook.Replication.Storage;

/// <summary>The log as found on disk, judged to be whole, and what must be written before it may be relied
/// on.</summary>
internal sealed class RecoveredLog
{
    public required LogReplay Replay { get; init; }

    /// <summary>All segments kept, oldest first; the last one is written to.</summary>
    public required IReadOnlyList<SegmentReader> Segments { get; init; }

    /// <summary>Files that are no part of it: a segment prepared and never used, or segments left over from an
    /// interrupted release.</summary>
    public required IReadOnlyList<string> Leftovers { get; init; }

    /// <summary>Bytes of a torn tail; 0 for none.</summary>
    public required long TornBytes { get; init; }

    /// <summary>Whether there is a file for a <see cref="SyncedMark"/>, readable or not.</summary>
    public required bool HasSyncedFile { get; init; }

    /// <summary>The segment that is written to.</summary>
    public SegmentReader Tail => Segments[^1];

    /// <summary>Whether nothing was ever written to this log.</summary>
    public bool IsVirgin => Segments.Count == 1 && Tail.Header.Sequence == 1 && Tail.IsUnused;

    /// <summary>Makes durable what was read: writes again what nothing proves to have been synced, zeroes a torn tail,
    /// and removes leftovers.</summary>
    /// <remarks>Reading after a crash of the process shows the page cache, not the disk; and after a failed sync Linux
    /// takes the pages for clean, so a sync alone would not write them. Writing the same bytes again cannot harm
    /// them.</remarks>
    /// <returns>Whether anything was written to the tail.</returns>
    public bool MakeDurable(IDisk disk, string directory)
    {
        if (Segments.Count > 1 && Tail.IsUnused)
        {
            // Its last group is proven by the first record of the next segment, and there is none yet.
            Rewrite(disk, Segments[^2]);
        }

        var isWritten = Rewrite(disk, Tail);
        foreach (var leftover in Leftovers)
        {
            disk.Delete(leftover);
        }

        disk.SyncDirectory(directory);
        return isWritten;
    }

    private static bool Rewrite(IDisk disk, SegmentReader segment)
    {
        var zeroes = segment.IsSealed ? 0 : Math.Max(0, segment.UsedEnd - segment.Offset);
        if (segment.IsProven && zeroes == 0)
        {
            return false;
        }

        using var file = disk.Open(segment.Path, create: false);
        file.Write(segment.ProvenTo, segment.Unproven.Span);
        for (var done = 0; done < zeroes; done += Segment.Zeroes.Length)
        {
            file.Write(segment.Offset + done, Segment.Zeroes.Span[..Math.Min(Segment.Zeroes.Length, zeroes - done)]);
        }

        file.Sync();
        return true;
    }
}
