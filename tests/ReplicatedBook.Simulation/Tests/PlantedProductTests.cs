using System.Diagnostics;
using System.Globalization;
using ReplicatedBook.Simulation.Power;
using Xunit;

namespace ReplicatedBook.Simulation.Tests;

/// <summary>Goal: proof of power (RELIABILITY 5.1, M1 to M24). Method: a copy of the products with all defects planted
/// is built once; each defect in turn must be found by an invariant that fits, and without one all must be
/// well.</summary>
public sealed class PlantedProductTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Scenario", "84 harness_catches_reintroduced_known_bugs")]
    public async Task Every_defect_planted_in_the_products_is_found()
    {
        var planted = PlantedTree.Defects;
        var defects = PlantedFile.ReadAll(planted);
        var folder = Directory.CreateTempSubdirectory("planted-");
        try
        {
            var program = PlantedTree.Build(folder.FullName, defects);

            var lines = await RunAsync(program, planted);

            Assert.All(defects, defect => RequireFound(defect, lines));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void RequireFound(PlantedFile defect, IReadOnlyList<string> lines)
    {
        var name = $"M{defect.Number:d2}";
        var words = lines.Single(line => line.StartsWith($"{name} found", StringComparison.Ordinal)
            || line.StartsWith($"{name} missed", StringComparison.Ordinal)).Split(' ');
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name} {words[1],-6} seed {words[2],4} {words[3],6} ms  {words[4],-26} {defect.What}"));
        Assert.Equal("found", words[1]);
        Assert.Contains(words[4], defect.FoundBy);
        Assert.Contains($"{name} clean", lines);
        Assert.DoesNotContain($"{name} not-found-again", lines);
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string program, string planted)
    {
        var start = new ProcessStartInfo("dotnet", [program, "simulate", "--planted", planted])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return printed.Split('\n');
    }
}
