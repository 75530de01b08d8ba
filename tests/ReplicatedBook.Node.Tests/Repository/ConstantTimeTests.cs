using System.Text.RegularExpressions;

namespace ReplicatedBook.Node.Tests.Repository;

/// <summary>Goal: how long a comparison of secrets takes tells nothing of them. Method: in the files that handle
/// secrets, nothing that is called one is compared but by <c>FixedTimeEquals</c>.</summary>
public sealed partial class ConstantTimeTests
{
    private static readonly string[] Folders = ["src/ReplicatedBook.Node/Security/"];

    [Fact]
    public void Secrets_are_compared_in_constant_time_only()
    {
        var files = RepositoryFiles.All(".cs").Where(path => Folders.Any(path.StartsWith)).ToList();
        var faults = files.SelectMany(path => RepositoryFiles.Lines(path)
            .Select((line, i) => (Line: line, Place: $"{path}:{i + 1}"))
            .Where(item => !item.Line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .Where(item => ComparesSecrets(item.Line))
            .Select(item => $"{item.Place} compares: {item.Line.Trim()}"));

        Assert.NotEmpty(files);
        Assert.Empty(faults);
        Assert.Contains(files, path =>
            RepositoryFiles.Lines(path).Any(line => line.Contains("FixedTimeEquals(", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("if (secret == given)", true)]
    [InlineData("return user.PasswordHash != hash;", true)]
    [InlineData("_token.Equals(given, StringComparison.Ordinal)", true)]
    [InlineData("string.Equals(given, rootSecret)", true)]
    [InlineData("a.SequenceEqual(b)", true)]
    [InlineData("var isRight = signature is [1, 2];", false)]
    [InlineData("if (secret is null)", false)]
    [InlineData("if (token.Length == MaxLength)", false)]
    [InlineData("if (user.TokenVersion != claims.Version)", false)]
    public void What_it_looks_for_is_found(string line, bool isFound) =>
        Assert.Equal(isFound, ComparesSecrets(line));

    private static bool ComparesSecrets(string line) => SequenceEqual().IsMatch(line)
        || Operands().Matches(line).Concat(Arguments().Matches(line))
            .Any(match => match.Groups.Values.Skip(1).Any(operand => Secret().IsMatch(operand.Value)));

    [GeneratedRegex("SequenceEqual|SequenceCompareTo")]
    private static partial Regex SequenceEqual();

    // What stands on both sides, by the last part of its name.
    [GeneratedRegex(@"(\w+)[\])]*\s*[!=]=(?!>)\s*(?:\w+\.)*(\w+)")]
    private static partial Regex Operands();

    [GeneratedRegex(@"(\w+)\.(?:Equals|CompareTo|Compare|CompareOrdinal)\((?:\w+\.)*(\w+)(?:, (?:\w+\.)*(\w+))?")]
    private static partial Regex Arguments();

    // The names that a secret can have here.
    [GeneratedRegex(
        @"(secret|hash|password|signature|generation|root|token|bearer|presented)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
