using System.Text.RegularExpressions;

namespace ReplicatedBook.Node.Tests.Repository;

/// <summary>Goal: no scenario is forgotten, and none is named that does not exist. Method: the traits in all sources of
/// tests are read; only those that stand above a test that is run count.</summary>
public sealed partial class ScenarioTests
{
    [Fact]
    public void Every_scenario_has_a_test()
    {
        Assert.Equal(85, Scenarios.All.Select(scenario => scenario.Split(' ')[0]).Distinct().Count());
        Require("Scenario", Scenarios.All);
    }

    [Fact]
    public void Every_scenario_of_matching_has_a_test()
    {
        Assert.Equal(
            Enumerable.Range(1, MatchingScenarios.Count).Select(number => $"{number}"),
            MatchingScenarios.All.Select(scenario => scenario.Split(' ')[0]).Distinct());
        Require("MatchingScenario", MatchingScenarios.Kept);
    }

    [Fact]
    public void Every_field_report_has_a_test() => Require("FieldReport", Scenarios.FieldReports);

    private static void Require(string trait, IReadOnlyList<string> wanted)
    {
        var found = RepositoryFiles.All(".cs")
            .Where(path => path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(path => Traits(path, trait))
            .ToHashSet(StringComparer.Ordinal);
        var missing = wanted.Where(name => !found.Contains(name));
        var unknown = found.Where(name => !wanted.Contains(name)).Order(StringComparer.Ordinal);
        string[] faults =
        [
            .. missing.Select(name => $"no test has [Trait(\"{trait}\", \"{name}\")]"),
            .. unknown.Select(name => $"there is no {trait} \"{name}\""),
        ];
        Assert.True(faults.Length == 0, string.Join("\n", faults));
    }

    /// <summary>Traits of tests that are run, and of classes: attributes stand together, right above what they
    /// mark.</summary>
    private static IEnumerable<string> Traits(string path, string trait)
    {
        var (above, isTest) = (new List<string>(), false);
        foreach (var line in RepositoryFiles.Lines(path).Select(line => line.Trim()))
        {
            if (line.StartsWith("[Trait(", StringComparison.Ordinal))
            {
                above.AddRange(Trait().Matches(line)
                    .Where(match => match.Groups["kind"].Value == trait)
                    .Select(match => match.Groups["name"].Value));
            }
            else if (line.StartsWith("[Fact", StringComparison.Ordinal)
                || line.StartsWith("[Theory", StringComparison.Ordinal))
            {
                isTest = !line.Contains("Skip", StringComparison.Ordinal);
            }
            else if (Marked().IsMatch(line))
            {
                foreach (var name in above.Where(_ => isTest || line.Contains(" class ", StringComparison.Ordinal)))
                {
                    yield return name;
                }

                above.Clear();
                isTest = false;
            }
        }
    }

    [GeneratedRegex("""\[Trait\("(?<kind>\w+)", "(?<name>[^"]+)"\)\]""")]
    private static partial Regex Trait();

    [GeneratedRegex(@"^(public|internal) ")]
    private static partial Regex Marked();
}
