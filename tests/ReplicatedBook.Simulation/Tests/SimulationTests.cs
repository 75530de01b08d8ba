using ReplicatedBook.Simulation.Engine;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // Each test uses all cores by itself.

namespace ReplicatedBook.Simulation.Tests;

/// <summary>Goal: agreement under faults, progress after. Method: many small clusters, each from its seed, fault by
/// fault.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 2_000;
    private const int SeedsWhenBrief = 150;
    private const long AcknowledgedPerSeed = 500; // Else the clients have hardly tried.

    private static bool IsBrief => Environment.GetEnvironmentVariable("RB_TEST_QUICK") == "1";

    [Fact]
    [Trait("Scenario", "80 random_faults_safety")]
    [Trait("Scenario", "81 liveness_after_healing")]
    public void Every_promise_is_kept_and_all_kinds_of_trouble_happen()
    {
        var seeds = IsBrief ? SeedsWhenBrief : Seeds;
        var range = new SeedRange(First: 1, seeds, SimulateCommand.DefaultSeconds * 1_000_000L);
        output.WriteLine($"{seeds} seeds from {range.First}");

        var (counters, failure) = range.Run();

        Assert.True(failure is null, failure?.Failure);
        foreach (var what in Enum.GetValues<Sometimes>())
        {
            output.WriteLine($"{what,-34} {counters[what],12}");
        }

        Assert.Empty(counters.Missing);
        Assert.True(IsBrief || counters[Sometimes.ProposalsApplied] > AcknowledgedPerSeed * seeds);
    }
}
