using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Goal: figure 3 of the Raft paper under faults, progress after. Method: one thread, virtual time, all from
/// the seed; messages are lost, doubled, delayed and overtaken, nodes crash and lose what was not durable.</summary>
public sealed class RandomClusterTests
{
    private const int Seeds = 300;

    [Fact]
    public void Three_nodes_agree_under_faults_and_progress_after() => RunSeeds(firstSeed: 1, size: 3);

    [Fact]
    public void Five_nodes_agree_under_faults_and_progress_after() => RunSeeds(firstSeed: 10_001, size: 5);

    [Fact]
    public void The_same_seed_gives_the_same_run_message_for_message()
    {
        var (first, second) = (new RandomRun(42, 3), new RandomRun(42, 3));
        first.Run();
        second.Run();
        Assert.Equal(first.Trace, second.Trace);
        Assert.NotEqual(first.Trace, RunTrace(43));
    }

    private static ulong RunTrace(int seed)
    {
        var run = new RandomRun(seed, 3);
        run.Run();
        return run.Trace;
    }

    private static void RunSeeds(int firstSeed, int size)
    {
        var committed = 0L;
        var tally = new RandomRunTally();
        for (var seed = firstSeed; seed < firstSeed + (Seeds / 2); seed++)
        {
            try
            {
                var run = new RandomRun(seed, size);
                run.Run();
                committed += run.CommittedUnderFaults;
                tally.Add(run.Tally);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}, {size} nodes: {failure.Message}", failure);
            }
        }

        Assert.True(committed > Seeds, "the faults left no room for anything to happen, so nothing was tested");
        Assert.All(
            [tally.Added, tally.Promoted, tally.Removed, tally.RemovedLeaders, tally.Damaged],
            count => Assert.True(count > 10, "something rare did not happen"));
    }
}
