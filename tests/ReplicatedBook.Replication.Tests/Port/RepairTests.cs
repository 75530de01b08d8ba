using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Replication.Tests.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Goal: a node whose files were damaged gets from its peers what is missing, and is as good as before.
/// Method: three nodes over real files; one is stopped, damaged and started again.</summary>
public sealed class RepairTests
{
    [Theory]
    [InlineData("wal-*.log", 600)]
    [InlineData("wal-*.log", 20)]
    [InlineData("wal-*.log", 20_000)]
    [Trait("Scenario", "49 corrupt_entry_repaired_from_peers")]
    public async Task A_node_with_a_damaged_log_is_repaired_by_its_peers_and_is_whole_again(string files, int offset)
    {
        await using var cluster = new RaftLogCluster();
        await AssertRepairedAsync(cluster, files, offset, entries: 300);
    }

    [Fact]
    [Trait("Scenario", "49 corrupt_entry_repaired_from_peers")]
    public async Task A_node_with_damaged_snapshots_only_is_repaired_by_its_peers_and_is_whole_again()
    {
        var options = new ReplicaOptions { Raft = null!, SnapshotEveryEntries = 40, KeepEntries = 10 };
        await using var cluster = new RaftLogCluster(options: options);
        await AssertRepairedAsync(cluster, "*", 600, entries: 300);
    }

    private static async Task AssertRepairedAsync(RaftLogCluster cluster, string files, int offset, int entries)
    {
        for (var i = 0; i < entries; i++)
        {
            await cluster.ProposeAsync(Commands.CreateAsset($"A{i}", 2));
        }

        var leader = await cluster.LeaderAsync();
        var damaged = cluster.Nodes.First(node => node.Id != leader.Id);
        await RaftLogCluster.UntilAsync(() => damaged.Log.Status is { Wholeness: Wholeness.Whole } status
            && status.AppliedIndex == leader.Log.Status.AppliedIndex);
        cluster.Stop(damaged);
        var directory = cluster.DirectoryOf(damaged.Id);
        foreach (var path in Directory.GetFiles(directory, files).Where(path => !path.EndsWith(FileNames.HardState)))
        {
            Flip(path, offset);
        }

        var restarted = cluster.Restart(damaged.Id);
        Assert.Equal(["damaged-1"], Directory.GetDirectories(directory).Select(Path.GetFileName));
        var proposal = await cluster.ProposeAsync(Commands.CreateAsset("LAST", 2));

        await RaftLogCluster.UntilAsync(() => restarted.Log.Status is { Wholeness: Wholeness.Whole } status
            && status.AppliedIndex >= proposal.Index);
        await RaftLogCluster.UntilAsync(() => !File.Exists(Path.Combine(directory, FileNames.Wholeness)));
        Assert.Equal(
            proposal.Digest, (await restarted.Reader.ReadAtAsync(proposal.Index, _ => 0, default))!.Value.Digest);
        Assert.Empty(cluster.Failures);
    }

    private static void Flip(string path, int offset)
    {
        var content = File.ReadAllBytes(path);
        if (offset < content.Length)
        {
            content[offset] ^= 0x40;
            File.WriteAllBytes(path, content);
        }
    }
}
