using System.Text;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>Keeps files that must not be used any more, for whoever looks into what happened.</summary>
internal static class DamagedFolder
{
    private const string ReasonName = "reason.txt";

    /// <summary>Marks the directory as one to be repaired, then moves files into a new folder within it; durable when
    /// this returns.</summary>
    /// <remarks>From the first step on the mark says what is being done, so that <see cref="Finish"/> can go on with it
    /// after a crash, before anything that is left is read.</remarks>
    /// <param name="disk">Where the directory is.</param>
    /// <param name="directory">The data directory.</param>
    /// <param name="identity">Whose it is.</param>
    /// <param name="scope">Which files these are.</param>
    /// <param name="names">The files.</param>
    /// <param name="reason">Goes into a text file beside them.</param>
    public static void Move(
        IDisk disk, string directory, StorageIdentity identity, AsideScope scope, IReadOnlyList<string> names,
        string reason)
    {
        var number = (disk.ListDirectories(directory).Max(FileNames.DamagedFolderNumber) ?? 0) + 1;
        WholenessFile.Write(disk, directory, identity, new WholenessMark(Wholeness.Repairing, scope, number));
        Finish(disk, directory, identity, number, names, reason);
    }

    /// <summary>Moves files, the rest after a crash perhaps, and notes that this is done.</summary>
    public static void Finish(
        IDisk disk, string directory, StorageIdentity identity, long number, IReadOnlyList<string> names, string reason)
    {
        var folder = Path.Combine(directory, FileNames.DamagedFolder(number));
        disk.CreateDirectory(folder);
        if (!disk.ListFiles(folder).Contains(ReasonName))
        {
            WholeFile.Create(disk, folder, ReasonName, file => file.Write(0, Encoding.UTF8.GetBytes(reason + "\n")));
        }

        foreach (var name in names)
        {
            disk.Rename(Path.Combine(directory, name), Path.Combine(folder, name));
        }

        // The new names first: a file that shows up twice is better than one that shows up nowhere.
        disk.SyncDirectory(folder);
        disk.SyncDirectory(directory);
        WholenessFile.Write(disk, directory, identity, new WholenessMark(Wholeness.Repairing));
    }
}
