using ReplicatedBook.Simulation.Plan;
using Xunit;

namespace ReplicatedBook.Simulation.Tests;

/// <summary>Goal: proof that the invariants have power. Method: a host that makes one mistake must be found out, by the
/// invariant that names the mistake or by one that names its effect.</summary>
public sealed class PlantedDefectTests(ITestOutputHelper output)
{
    private const int MostSeeds = 100;

    [Theory]
    [InlineData(nameof(PlantedDefect.LyingDisk), "durable-term-and-vote", "durable-entries", "durable-snapshot",
        "no-exception")]
    [InlineData(nameof(PlantedDefect.ReportBeforeWrite), "durable-before-send", "committed-on-majority")]
    [InlineData(nameof(PlantedDefect.ForgottenVote), "durable-before-send", "one-vote-per-term")]
    [InlineData(nameof(PlantedDefect.SnapshotNotWritten), "durable-snapshot", "no-exception")]
    [InlineData(nameof(PlantedDefect.CommitMarkAhead), "committed-on-majority", "no-exception")]
    [InlineData(nameof(PlantedDefect.ReadWithoutBarrier), "strong-reads-are-current")]
    [InlineData(nameof(PlantedDefect.UnknownAsRefused), "refused-is-refused")]
    [InlineData(nameof(PlantedDefect.ForgedVotes), "one-leader-per-term", "no-contradictions")]
    [InlineData(nameof(PlantedDefect.AlteredEntry), "log-matching")]
    [InlineData(nameof(PlantedDefect.AlteredSnapshot), "equal-snapshots", "equal-states", "no-exception")]
    [InlineData(nameof(PlantedDefect.ExaggeratedMatch), "committed-on-majority", "no-senseless-messages")]
    [InlineData(nameof(PlantedDefect.DeafNode), "alive-after-healing")]
    public void A_planted_defect_is_found(string defect, params string[] invariants)
    {
        var (time, planted) = (SimulateCommand.DefaultSeconds * 1_000_000L, Enum.Parse<PlantedDefect>(defect));

        var (_, failure) = new SeedRange(First: 1, MostSeeds, time, planted).Run();

        Assert.NotNull(failure);
        output.WriteLine(failure.Failure!);
        Assert.Contains(failure.Invariant, invariants);
    }
}
