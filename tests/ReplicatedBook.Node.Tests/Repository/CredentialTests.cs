using System.Text.RegularExpressions;

namespace ReplicatedBook.Node.Tests.Repository;

/// <summary>Goal: nobody starts a cluster with a password that others know. Method: no file that configures or starts
/// one gives a secret a value.</summary>
public sealed partial class CredentialTests
{
    [Fact]
    public void No_configuration_holds_a_secret()
    {
        var root = new DirectoryInfo(RepositoryFiles.Root);
        var files = root.EnumerateFiles("*.yml")
            .Concat(new[] { "cluster-config", "scripts" }.SelectMany(
                folder => new DirectoryInfo(Path.Combine(root.FullName, folder))
                    .EnumerateFiles("*", SearchOption.AllDirectories)))
            .Append(new FileInfo(Path.Combine(root.FullName, "src/ReplicatedBook.Node/Dockerfile"))).ToList();
        var faults = files.SelectMany(file => File.ReadLines(file.FullName)
            .Select((line, i) => (Line: line, Place: $"{file.Name}:{i + 1}")).Where(item => GivesSecret(item.Line))
            .Select(item => $"{item.Place}: {item.Line.Trim()}"));

        Assert.True(files.Count > 8, "hardly a file was looked at");
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("""  "Password": "hunter2",""", true)]
    [InlineData("RB_AUTH__TOKEN=abc", true)]
    [InlineData("      POSTGRES_PASSWORD: example", true)]
    [InlineData("""  "TokenFile": "bootstrap-token",""", false)]
    [InlineData("password_file=$dir/password", false)]
    [InlineData("token=$(scripts/rb token)", false)]
    public void What_it_looks_for_is_found(string line, bool isFound) => Assert.Equal(isFound, GivesSecret(line));

    private static bool GivesSecret(string line) => Given().IsMatch(line);

    // A value that is neither empty nor taken from elsewhere.
    [GeneratedRegex(
        @"(password|secret|token|api_?key)""?\s*[:=]\s*[""']?[^""'$\s{<(]",
        RegexOptions.IgnoreCase)]
    private static partial Regex Given();
}
