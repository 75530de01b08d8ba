using ReplicatedBook.Simulation.Faults;
using ReplicatedBook.Simulation.Plan;
using Xunit;

namespace ReplicatedBook.Simulation.Tests;

/// <summary>Goal: a process may end anywhere. Method: one small run, again for each boundary of its second second:
/// before each disk operation, before and after each message and answer, of the leader and of a follower.</summary>
public sealed class CrashPointTests
{
    private const int Boundaries = 250;
    private const long From = 1_500_000;
    private const long Length = 3_000_000;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_crash_at_any_boundary_breaks_no_promise(bool isLeader, bool losesPower)
    {
        var plan = SimulationPlan.Draw(seed: 11, Length) with { Faults = FaultClass.None };
        plan = PlanSettings.Apply(
            plan, ["Nodes=3", "Clients=2", "Pipeline=4", "ThinkTime=20000", "Replica.SnapshotEveryEntries=12"]);

        Parallel.For(0, Boundaries, boundary =>
        {
            var crash = new FaultEvent
            {
                At = From,
                Kind = FaultKind.CrashAt,
                Node = 2,
                OnLeader = isLeader,
                Amount = boundary,
                LosesPower = losesPower,
                Length = 200_000,
            };

            var result = SimulatedCluster.Run(Schedule.Of(plan) with { Faults = [crash] });

            Assert.True(result.Failure is null, result.Failure);
        });
    }
}
