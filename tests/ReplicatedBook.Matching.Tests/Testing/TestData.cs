namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Where recorded order flow and cases are. They may not be redistributed, so they are no part of the
/// project.</summary>
internal static class TestData
{
    private const string Variable = "RB_TEST_DATA";

    /// <summary>A path under the data; the test is skipped, with the reason, where it is absent.</summary>
    public static string PathOf(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : BesideTheProject();
        if (root is null)
        {
            Assert.Skip($"no test data: set {Variable}, or put it at ../shared/data beside the project");
        }

        var path = Path.Combine([root, .. parts]);
        if (!Path.Exists(path))
        {
            Assert.Skip($"no test data at {path}");
        }

        return path;
    }

    private static string? BesideTheProject()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ReplicatedBook.sln")))
            {
                return Path.Combine(folder.FullName, "..", "shared", "data");
            }
        }

        return null;
    }
}
