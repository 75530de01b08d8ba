using System.Runtime.CompilerServices;

namespace ReplicatedBook.Node.Tests.Repository;

/// <summary>The files of the tree this test was built from.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] Built = ["bin", "obj", ".git", "node_modules", "dist"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root, with slashes, of the files under src and tests with one of these
    /// endings.</summary>
    public static IEnumerable<string> All(params string[] endings) =>
        new[] { "src", "tests" }
            .SelectMany(folder => Files(new DirectoryInfo(Path.Combine(Root, folder))))
            .Where(file => endings.Contains(Path.GetExtension(file)))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    private static IEnumerable<string> Files(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => file.FullName)
        .Concat(folder.EnumerateDirectories().Where(sub => !Built.Contains(sub.Name)).SelectMany(Files));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new FileInfo(here).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ReplicatedBook.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tree is not where it was built");
    }
}
