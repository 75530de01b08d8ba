namespace ReplicatedBook.Replication.Storage;

/// <summary>Reads all segments and tells a torn tail from damage; the rule and why it is right stand in
/// README.md.</summary>
/// <remarks>Writes nothing, so that a damaged directory stays as it was for whoever looks into it.</remarks>
internal static class Recovery
{
    /// <summary>Reads the log of a directory.</summary>
    /// <returns>Null when there is no segment.</returns>
    /// <exception cref="StorageIdentityException">A segment is another node's.</exception>
    /// <exception cref="StorageVersionException">A segment is of a later version.</exception>
    public static FoundLog? Read(
        IDisk disk, string directory, StorageIdentity identity, IReadOnlyList<string> files)
    {
        var synced = SyncedFile.Read(disk, directory, identity, files);
        var sequences = files.Select(FileNames.SegmentSequence).OfType<long>().Order().ToList();
        if (sequences.Count == 0)
        {
            return null;
        }

        // Segments are deleted oldest first, but a crash may undo some deletions and not others. What stands before a
        // gap was released; should it be missing by damage, the log does not connect to a snapshot, and opening says
        // so.
        var first = sequences.Count - 1;
        while (first > 0 && sequences[first - 1] == sequences[first] - 1)
        {
            first--;
        }

        string PathOf(long sequence) => Path.Combine(directory, FileNames.Segment(sequence));
        var leftovers = sequences.Take(first).Select(PathOf).ToList();
        var segments = new List<SegmentReader>();
        StorageDamagedException? badHeader = null;
        foreach (var sequence in sequences.Skip(first))
        {
            // All headers are read, whatever is wrong with some: a foreign file must be seen before any is touched.
            try
            {
                var segment = SegmentReader.Open(disk, PathOf(sequence), sequence, identity);
                if (badHeader is null)
                {
                    segments.Add(segment);
                }
            }
            catch (StorageDamagedException exception)
            {
                badHeader ??= exception;
            }
        }

        var replay = segments.Count > 0 ? new LogReplay(segments[0].Header) : null;
        try
        {
            ReplayAll(segments, replay, leftovers, badHeader);
            var whole = Finish(segments, replay!, leftovers, synced, files.Contains(FileNames.Synced));
            return new FoundLog(whole, replay, null);
        }
        catch (StorageDamagedException damage)
        {
            return new FoundLog(null, replay, damage);
        }
    }

    private static void ReplayAll(
        List<SegmentReader> segments, LogReplay? replay, List<string> leftovers, StorageDamagedException? badHeader)
    {
        for (var i = 0; i < segments.Count; i++)
        {
            if (i > 0)
            {
                CheckContinues(segments[i], segments[i - 1], replay!);
            }

            ReplaySegment(segments[i], replay!);
            if (segments[i].IsSealed)
            {
                continue;
            }

            if (i == segments.Count - 2 && segments[i + 1].IsUnused && badHeader is null)
            {
                // The next segment is made before the end of this one is written; the crash came in between.
                leftovers.Add(segments[i + 1].Path);
                segments.RemoveAt(i + 1);
            }

            if (i < segments.Count - 1)
            {
                throw new StorageDamagedException(
                    segments[i].Path, segments[i].Offset, "records are missing, and a later segment has some");
            }
        }

        if (badHeader is not null)
        {
            throw badHeader;
        }
    }

    private static RecoveredLog Finish(
        List<SegmentReader> segments, LogReplay replay, List<string> leftovers, SyncedMark? synced, bool hasSyncedFile)
    {
        var tail = segments[^1];
        if (tail.IsSealed)
        {
            throw new StorageDamagedException(tail.Path, tail.Offset, "the next segment is missing");
        }

        var tornBytes = Math.Max(0, tail.UsedEnd - tail.Offset);
        if (tornBytes > 0 && tail.FindProofAfterEnd() is { } proof)
        {
            throw new StorageDamagedException(
                tail.Path, tail.Offset, $"this was synced, as the record at byte {proof} says");
        }

        synced?.Check(tail);
        if (replay.Last.Index < replay.CommitIndex)
        {
            throw new StorageDamagedException(
                tail.Path, tail.Offset,
                $"the log ends at {replay.Last.Index}, but is committed up to {replay.CommitIndex}");
        }

        return new RecoveredLog
        {
            Replay = replay,
            Segments = segments,
            Leftovers = leftovers,
            TornBytes = tornBytes,
            HasSyncedFile = hasSyncedFile,
        };
    }

    private static void CheckContinues(SegmentReader segment, SegmentReader before, LogReplay replay)
    {
        if (segment.Header.PreviousChecksum != before.Checksum || segment.Header.Last != replay.Last
            || segment.Header.CommitIndex != replay.CommitIndex)
        {
            throw new StorageDamagedException(segment.Path, 0, $"the segment does not continue {before.Path}");
        }
    }

    private static void ReplaySegment(SegmentReader segment, LogReplay replay)
    {
        var offset = segment.Offset;
        while (segment.TryNext(out var record, out var payload))
        {
            if (replay.Apply(in record, payload) is { } wrong)
            {
                throw new StorageDamagedException(segment.Path, offset, wrong);
            }

            offset = segment.Offset;
        }
    }
}
