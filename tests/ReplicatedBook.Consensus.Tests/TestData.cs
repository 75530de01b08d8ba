namespace ReplicatedBook.Consensus.Tests;

/// <summary>Finds test data that lies beside the project and is not part of it.</summary>
internal static class TestData
{
    private const string Variable = "RB_TEST_DATA";

    public const string WhyMissing =
        $"The test data is neither at ../shared/data from the project's root nor where {Variable} says.";

    /// <summary>Path of a file of the test data; null when it is absent.</summary>
    public static string? Find(string file)
    {
        var folders = new List<string>();
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            folders.Add(named);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ReplicatedBook.sln")))
            {
                folders.Add(Path.Combine(folder.FullName, "..", "shared", "data"));
            }
        }

        return folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}
