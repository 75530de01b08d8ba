using Xunit;

namespace ReplicatedBook.Cluster.Tests.Chaos.Tests;

/// <summary>Goal: every promise holds for real processes under all faults at once. Method: two minutes of
/// <c>scripts/chaos.sh</c> with a fixed seed, beside no other test.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Scenario", "80 random faults safety")]
    [Trait("Scenario", "81 liveness after healing")]
    [Trait("Scenario", "82 linearizability of order operations")]
    [Trait("Scenario", "83 identical book hash on all nodes at every index")]
    public async Task Two_minutes_of_faults_break_no_promise()
    {
        var options = new ChaosOptions(TimeSpan.FromMinutes(2), Seed: 20261121, Nodes: 3, Cycles: 0, Clients: 12);
        var run = new ChaosRun(options, output.WriteLine);
        var isKept = await run.RunAsync();

        Assert.True(isKept, string.Join('\n', run.Violations.Lines()));
        Assert.True(run.Faults.Total >= 10, $"only {run.Faults.Total} faults");
    }
}
