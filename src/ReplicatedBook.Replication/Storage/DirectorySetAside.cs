namespace ReplicatedBook.Replication.Storage;

/// <summary>Moves the log and the snapshots of a directory out of the way, for inspection.</summary>
internal static class DirectorySetAside
{
    /// <summary>Moves all but term and vote into a new directory <c>damaged-n</c> and leaves an empty log.</summary>
    public static void SetAside(IDisk disk, string directory, StorageIdentity identity, string reason)
    {
        using var taken = disk.Lock(directory);
        var aside = NextName(disk, directory);
        disk.CreateDirectory(aside);
        foreach (var name in disk.ListFiles(directory))
        {
            if (FileNames.SegmentSequence(name) is not null || FileNames.SnapshotMark(name) is not null)
            {
                disk.Rename(Path.Combine(directory, name), Path.Combine(aside, name));
            }
        }

        WholeFile.Create(disk, aside, "reason", file => file.Write(0, System.Text.Encoding.ASCII.GetBytes(reason)));
        disk.SyncDirectory(directory);
        WriteAheadLog.Create(disk, directory, identity, new StorageOptions().SegmentBytes).Dispose();
    }

    private static string NextName(IDisk disk, string directory)
    {
        for (var number = 1; ; number++)
        {
            var name = Path.Combine(directory, $"damaged-{number}");
            disk.CreateDirectory(name);
            if (disk.ListFiles(name).Count == 0)
            {
                return name;
            }
        }
    }
}
