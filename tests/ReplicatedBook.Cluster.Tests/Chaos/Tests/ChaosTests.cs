using Xunit;

namespace ReplicatedBook.Cluster.Tests.Chaos.Tests;

/// <summary>Goal: every promise holds for real processes under all faults at once. Method: two minutes of
/// <c>scripts/chaos.sh</c> with a fixed seed, beside no other test.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Scenario", "80 random_faults_safety")]
    [Trait("Scenario", "81 liveness_after_healing")]
    [Trait("Scenario", "82 linearizability_of_order_operations")]
    [Trait("Scenario", "83 identical_book_hash_on_all_nodes_at_every_index")]
    public async Task Two_minutes_of_faults_break_no_promise()
    {
        var options = new ChaosOptions(TimeSpan.FromMinutes(2), Seed: 20261121, Nodes: 3, Cycles: 0, Clients: 12);
        var run = new ChaosRun(options, output.WriteLine);
        var isKept = await run.RunAsync();

        Assert.True(isKept, string.Join('\n', run.Violations.Lines()));
        Assert.True(run.Faults.Total >= 10, $"only {run.Faults.Total} faults");
    }
}
