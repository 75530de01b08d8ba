using System.Text.RegularExpressions;

namespace ReplicatedBook.Node.Tests.Repository;

/// <summary>Goal: what HOUSE asks of every file can be relied on. Method: every file of code is read.</summary>
public sealed partial class StyleTests
{
    private const int MaxLines = 400;
    private const int MaxColumns = 120;

    // Written in two parts, so that this file does not contain what it forbids.
    private static readonly string[] Forbidden =
    [
        "TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception", "#reg" + "ion", "/wor" + "k/", "/tm" + "p/",
            "/ho" + "me/",
    ];

    private static readonly string[] ForbiddenInTests = ["Thread.Sle" + "ep("];

    [Fact]
    public void No_file_is_too_long_and_no_line_too_wide()
    {
        var faults = new List<string>();
        foreach (var path in RepositoryFiles.All(".cs"))
        {
            var lines = RepositoryFiles.Lines(path);
            if (lines.Length > MaxLines)
            {
                faults.Add($"{path} has {lines.Length} lines");
            }

            faults.AddRange(lines
                .Select((line, i) => (line, Number: i + 1))
                .Where(item => item.line.Length > MaxColumns)
                .Select(item => $"{path}:{item.Number} has {item.line.Length} columns"));
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public void No_file_holds_a_forbidden_word()
    {
        var faults = new List<string>();
        foreach (var path in RepositoryFiles.All(".cs", ".csproj", ".md", ".json", ".sh"))
        {
            var isTest = path.StartsWith("tests/", StringComparison.Ordinal);
            var number = 0;
            foreach (var line in RepositoryFiles.Lines(path))
            {
                number++;
                var found = Forbidden.FirstOrDefault(word => line.Contains(word, StringComparison.Ordinal))
                    ?? (isTest
                        ? ForbiddenInTests.FirstOrDefault(word => line.Contains(word, StringComparison.Ordinal)) : null)
                    ?? (isTest && FiniteDelay().IsMatch(line) ? "a delay" : null);
                if (found is not null)
                {
                    faults.Add($"{path}:{number} holds {found}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    // An infinite delay waits for its cancellation, which is a condition.
    [GeneratedRegex(@"Task\.Delay\((?!Timeout\.Infinite)")]
    private static partial Regex FiniteDelay();
}
