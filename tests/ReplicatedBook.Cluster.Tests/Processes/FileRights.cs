using Xunit;

namespace ReplicatedBook.Cluster.Tests.Processes;

/// <summary>Looks at who may read what.</summary>
internal static class FileRights
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    /// <summary>A folder and all that is in it must be its owner's alone.</summary>
    /// <returns>How many files it holds.</returns>
    public static int RequireOwn(string folder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights of files are other ones there");
        RequireOwn(folder, OwnFolder);
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
        {
            RequireOwn(inner, OwnFolder);
        }

        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        foreach (var file in files)
        {
            RequireOwn(file, OwnFile);
        }

        return files.Length;
    }

    private static void RequireOwn(string path, UnixFileMode most)
    {
        try
        {
            var rights = OperatingSystem.IsWindows() ? most : File.GetUnixFileMode(path);
            Assert.True((rights & ~most) == 0, $"{path}: {rights}");
        }
        catch (FileNotFoundException)
        {
            // A node at work deletes files that it needs no more.
        }
    }
}
