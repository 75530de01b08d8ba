using ReplicatedBook.Simulation.Engine;
using Xunit;

namespace ReplicatedBook.Simulation.Tests;

/// <summary>Goal: agreement under faults, progress after. Method: many small clusters, each from its seed, fault by
/// fault.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 200;

    [Fact]
    public void Every_promise_is_kept_and_all_kinds_of_trouble_happen()
    {
        var range = new SeedRange(First: 1, Seeds, SimulateCommand.DefaultSeconds * 1_000_000L);
        output.WriteLine($"{Seeds} seeds from {range.First}");

        var (counters, failure) = range.Run();

        Assert.True(failure is null, failure?.Failure);
        foreach (var what in Enum.GetValues<Sometimes>())
        {
            output.WriteLine($"{what,-34} {counters[what],12}");
        }

        Assert.Empty(counters.Missing);
    }
}
