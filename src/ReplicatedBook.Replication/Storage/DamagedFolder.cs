using System.Text;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>Keeps files that must not be used any more, for whoever looks into what happened.</summary>
internal static class DamagedFolder
{
    private const string ReasonName = "reason.txt";

    /// <summary>Marks the directory as one to be repaired, then moves files into a new folder within it; durable when
    /// this returns.</summary>
    /// <remarks>A crash at any step leaves each file in one of the two places, and the mark from the first step
    /// on.</remarks>
    /// <param name="disk">Where the directory is.</param>
    /// <param name="directory">The data directory.</param>
    /// <param name="identity">Whose it is.</param>
    /// <param name="names">The files.</param>
    /// <param name="reason">Goes into a text file beside them.</param>
    public static void Move(
        IDisk disk, string directory, StorageIdentity identity, IReadOnlyList<string> names, string reason)
    {
        WholenessFile.Write(disk, directory, identity, Wholeness.Repairing);
        var number = disk.ListDirectories(directory).Max(FileNames.DamagedFolderNumber) ?? 0;
        var folder = Path.Combine(directory, FileNames.DamagedFolder(number + 1));
        disk.CreateDirectory(folder);
        WholeFile.Create(disk, folder, ReasonName, file => file.Write(0, Encoding.UTF8.GetBytes(reason + "\n")));
        foreach (var name in names)
        {
            disk.Rename(Path.Combine(directory, name), Path.Combine(folder, name));
        }

        // The new names first: a file that shows up twice is better than one that shows up nowhere.
        disk.SyncDirectory(folder);
        disk.SyncDirectory(directory);
    }
}
