namespace ReplicatedBook.Cli;

/// <summary>Files and folders that only their owner may read, from the moment they exist: not by a change of their
/// rights afterwards, which would come too late.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    /// <summary>Creates a folder with those above it, where absent.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path); // Has the rights of the folder that it is in.
        }
        else
        {
            Directory.CreateDirectory(path, OwnFolder);
        }
    }

    /// <summary>Opens a file for writing, for this process alone; one that is not there yet is created for the owner
    /// alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">What to do with one that is there; one of those that create.</param>
    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFile;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes a file whole, in a folder that is made where it is missing: whoever reads it meanwhile, or after
    /// a crash, sees the old content or the new one, never a part.</summary>
    /// <exception cref="IOException">It may not be on the disk.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        CreateFolder(folder);
        var next = path + ".next";
        File.Delete(next); // Left over from a run that was ended: its rights may be others.
        using (var file = Open(next, FileMode.CreateNew))
        {
            file.Write(content);
            file.Flush();
            DiskSync.Content(file.SafeFileHandle, next);
        }

        File.Move(next, path, overwrite: true);
        DiskSync.Names(folder);
    }
}
