namespace ReplicatedBook.Cli.DevCluster;

/// <summary>Finds the server's program and the root of the repository.</summary>
internal static class NodeProgram
{
    private const string FileName = "ReplicatedBook.Node.dll";

    /// <summary>Full path of the node's assembly: as RB_NODE says, else next to this program, else where a build puts
    /// it.</summary>
    /// <exception cref="UsageException">It is in none of these places.</exception>
    public static string Find()
    {
        var named = Environment.GetEnvironmentVariable("RB_NODE");
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(named) ? Path.GetFullPath(named) : throw new UsageException($"RB_NODE: no file {named}");
        }

        string?[] places =
        [
            Path.Combine(AppContext.BaseDirectory, FileName),
            FindRoot() is { } root ? Path.Combine(root, "src/ReplicatedBook.Node/bin/Release/net10.0", FileName) : null,
        ];
        return places.FirstOrDefault(File.Exists)
            ?? throw new UsageException(
                $"{FileName} not found; build it (scripts/start.sh does) or set RB_NODE to its path");
    }

    /// <summary>The folder that holds the solution: above the working directory, else above this program; null when
    /// neither.</summary>
    public static string? FindRoot() => RootAbove(Environment.CurrentDirectory) ?? RootAbove(AppContext.BaseDirectory);

    private static string? RootAbove(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "ReplicatedBook.sln")))
        {
            folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder));
        }

        return folder;
    }
}
