using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Nodes;

/// <summary>Goal: a node that must not start says why in a line and ends with code 2. Method: one real node, and what
/// people do to data directories.</summary>
public sealed class RefusedDataTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_node_without_its_vote_says_so_and_ends()
    {
        await using var cluster = await ClusterProcesses.StartAsync(1);
        await cluster.StopAsync("n1");
        File.Delete(Path.Combine(cluster.DataOf("n1"), "hardstate"));
        await RequireRefusedAsync(cluster, "term and vote are missing");
    }

    [Fact]
    public async Task A_node_in_anothers_directory_says_so_and_ends()
    {
        await using var cluster = await ClusterProcesses.StartAsync(1);
        await cluster.StopAsync("n1");
        cluster.SetFlags("n1", "--Cluster:Id=another");
        await RequireRefusedAsync(cluster, "another");
    }

    private static async Task RequireRefusedAsync(ClusterProcesses cluster, string reason)
    {
        cluster.Start("n1");
        await Patience.UntilAsync(
            () => Task.FromResult(cluster.HasExited("n1") ? cluster : null), Limit, () => cluster.LogOf("n1"));
        var log = cluster.LogOf("n1");
        Assert.True(cluster.ExitCode("n1") == 2, $"{cluster.ExitCode("n1")}: {log}");
        var said = log.Split('\n').Where(line => line.Contains("The data directory is refused: "));
        Assert.Contains(reason, Assert.Single(said), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
    }
}
