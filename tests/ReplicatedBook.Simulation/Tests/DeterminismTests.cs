using System.Diagnostics;
using System.Globalization;
using ReplicatedBook.Simulation.Plan;
using Xunit;

namespace ReplicatedBook.Simulation.Tests;

/// <summary>A failure is only worth something if its seed brings it back.</summary>
public sealed class DeterminismTests
{
    private const int Seeds = 4;
    private const ulong First = 9_001;
    private const int Seconds = 5;

    [Fact]
    [Trait("Scenario", "85 same_seed_same_trace")]
    public void A_seed_lived_twice_leaves_the_same_trace()
    {
        for (var seed = First; seed < First + Seeds; seed++)
        {
            var (one, other) = (Live(seed), Live(seed));

            Assert.Equal(one.TraceHash, other.TraceHash);
            Assert.Equal(one.Steps, other.Steps);
        }
    }

    [Fact]
    public void Another_seed_leaves_another_trace() =>
        Assert.NotEqual(Live(First).TraceHash, Live(First + 1).TraceHash);

    /// <summary>Another process has other hash codes of strings and other addresses.</summary>
    [Fact]
    [Trait("Scenario", "85 same_seed_same_trace")]
    public async Task A_seed_lived_in_another_process_leaves_the_same_trace()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ReplicatedBook.Simulation.dll");
        var start = new ProcessStartInfo("dotnet", [program, "simulate", "--trace",
            "--seed", First.ToString(CultureInfo.InvariantCulture),
            "--seeds", Seeds.ToString(CultureInfo.InvariantCulture),
            "--seconds", Seconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;

        var printed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        for (var seed = First; seed < First + Seeds; seed++)
        {
            Assert.Contains($"seed {seed} trace {Live(seed).TraceHash:x16}", printed);
        }
    }

    private static SimulationResult Live(ulong seed)
    {
        var result = SimulatedCluster.Run(SimulationPlan.Draw(seed, Seconds * 1_000_000L));
        Assert.True(result.Failure is null, result.Failure);
        return result;
    }
}
