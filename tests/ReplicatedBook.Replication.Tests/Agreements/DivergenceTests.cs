using System.Reflection;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Replication.Tests.Port;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Agreements;

/// <summary>Goal: a replica whose state goes wrong in memory stops, and comes back with the others' (RELIABILITY P8).
/// Method: three replicas over real files; one number in one exchange is changed behind its back.</summary>
[Trait("Scenario", "83 identical_book_hash_on_all_nodes_at_every_index")]
public sealed class DivergenceTests
{
    private static readonly ReplicaOptions SmallSnapshots = new()
    {
        Raft = null!,
        SnapshotEveryEntries = 50,
        KeepEntries = 10,
    };

    [Fact]
    public async Task A_follower_that_differs_stops_while_the_others_go_on_and_returns_by_snapshot()
    {
        await using var cluster = new RaftLogCluster(options: SmallSnapshots);
        var leader = await cluster.LeaderAsync();
        var wrong = cluster.Nodes.First(node => node != leader);
        await MakeMarketAsync(cluster);

        await CorruptAsync(wrong);
        var last = await DepositAsync(cluster, 60);

        await RaftLogCluster.UntilAsync(() => wrong.Log.Status.Divergence is not null);
        var divergence = wrong.Log.Status.Divergence!;
        Assert.Equal(DivergenceCause.Outvoted, divergence.Cause);
        Assert.Equal(2, divergence.Differences.Count);
        Assert.All(divergence.Differences, difference => Assert.NotEqual(difference.Own, difference.Other));
        Assert.InRange(divergence.Index, 1, last.Index);
        Assert.Equal((Role.Follower, null), (wrong.Log.Status.Role, wrong.Log.Status.Leader));
        await RequireSilentAsync(wrong);
        Assert.All(Others(cluster, wrong), node => Assert.Null(node.Log.Status.Divergence));

        // Behind what the log still holds.
        last = await DepositAsync(cluster, 200);
        await RaftLogCluster.UntilAsync(() => leader.Log.Status.FirstLogIndex > wrong.Log.Status.LastLogIndex);
        cluster.Stop(wrong);
        var back = cluster.Restart(wrong.Id);
        await back.Reader.WaitAppliedAsync(last.Index, default);

        Assert.NotNull(cluster.Log(back.Id).SetAside);
        Assert.Contains(
            Directory.EnumerateDirectories(cluster.DirectoryOf(back.Id)),
            folder => Path.GetFileName(folder).StartsWith("damaged-", StringComparison.Ordinal)
                && Directory.EnumerateFiles(folder).Any());
        Assert.True(back.Log.Status.FirstLogIndex > 1, "the state came by snapshot");
        await RequireEqualAsync(cluster, last.Index);
        cluster.Stop(back);
        Assert.Null(cluster.Log(cluster.Restart(back.Id).Id).SetAside);
    }

    [Fact]
    public async Task A_leader_that_differs_leads_no_more()
    {
        await using var cluster = new RaftLogCluster(options: SmallSnapshots);
        var wrong = await cluster.LeaderAsync();
        await MakeMarketAsync(cluster);
        await CorruptAsync(wrong);
        var waiting = await wrong.Log.ProposeAsync(Commands.Deposit(1, 1, 5), ProposalWait.Applied, default);

        await RaftLogCluster.UntilAsync(() => wrong.Log.Status is { Divergence: not null, DigestMismatches: >= 2 });
        cluster.Forget(wrong); // It stays up, and is asked nothing more.
        var proposal = await cluster.ProposeAsync(Commands.Deposit(1, 1, 6));

        Assert.Equal(ProposalOutcome.Applied, waiting.Outcome);
        Assert.NotEqual(wrong.Id, (await cluster.LeaderAsync()).Id);
        Assert.True(proposal.Term > waiting.Term);
        Assert.Equal(2, wrong.Log.Status.Divergence!.Differences.Count);
        Assert.All(Others(cluster, wrong), node => Assert.Null(node.Log.Status.Divergence));
    }

    /// <summary>Nobody can say who is right: all stop and set their files aside, and a person decides. Put back, the
    /// logs are as good as they were, for the fault was in memory.</summary>
    [Fact]
    public async Task Where_everybody_differs_all_stop_and_their_files_put_back_are_the_cluster_again()
    {
        await using var cluster = new RaftLogCluster(options: SmallSnapshots);
        await MakeMarketAsync(cluster);
        var leader = await cluster.LeaderAsync();
        var acknowledged = await DepositAsync(cluster, 5);
        foreach (var (node, i) in Others(cluster, leader).Select((node, i) => (node, i)).ToList())
        {
            await node.Reader.WaitAppliedAsync(acknowledged.Index, default);
            await CorruptAsync(node, bit: i);
        }

        // Every follower differs from the leader and from the other, which that one entry shows.
        await leader.Log.ProposeAsync(Commands.Deposit(1, 1, 1), ProposalWait.Applied, default);
        await RaftLogCluster.UntilAsync(() => cluster.Nodes.All(node => node.Log.Status.Divergence is not null));
        foreach (var node in cluster.Nodes)
        {
            Assert.Equal(DivergenceCause.Outvoted, node.Log.Status.Divergence!.Cause);
            await RequireSilentAsync(node);
        }

        NodeId[] ids = [.. cluster.Nodes.Select(node => node.Id)];
        RestartAll(cluster, ids);
        Assert.All(ids, id => Assert.NotNull(cluster.Log(id).SetAside));
        Assert.All(cluster.Nodes, node => Assert.NotEqual(Wholeness.Whole, node.Log.Status.Wholeness));

        RestartAll(cluster, ids, meanwhile: PutBack);
        var proposal = await cluster.ProposeAsync(Commands.Deposit(1, 1, 1));
        Assert.True(proposal.Index > acknowledged.Index);
        await RequireEqualAsync(cluster, proposal.Index);
        var found = await cluster.Nodes[0].Reader.ReadAtAsync(acknowledged.Index, _ => true, default);
        Assert.Equal(acknowledged.Digest, found!.Value.Digest);
        Assert.All(cluster.Nodes, node => Assert.Null(node.Log.Status.Divergence));
    }

    [Fact]
    public async Task A_state_that_differs_where_no_event_shows_it_is_found_by_its_hash()
    {
        await using var cluster = new RaftLogCluster(options: SmallSnapshots);
        var leader = await cluster.LeaderAsync();
        var wrong = cluster.Nodes.First(node => node != leader);
        await MakeMarketAsync(cluster);

        await CorruptAsync(wrong, "_lastOrder"); // No order is placed, so no digest can show it.
        await DepositAsync(cluster, 120);

        await RaftLogCluster.UntilAsync(() => wrong.Log.Status.Divergence is not null);
        Assert.All(wrong.Log.Status.Divergence!.Differences, difference => Assert.True(difference.IsStateHash));
        Assert.All(wrong.Log.Status.Divergence.Differences, difference => Assert.Equal(0, difference.Index % 50));
    }

    [Fact]
    [Trait("MatchingScenario", "107 same_log_same_hash_any_node")]
    public async Task Equal_replicas_hash_their_states_alike_at_the_same_indexes()
    {
        await using var cluster = new RaftLogCluster(options: SmallSnapshots);
        await MakeMarketAsync(cluster);
        var statuses = await DepositUntilAsync(cluster, now => now.All(node => node.StateHashIndex >= 100)
            && now.Select(node => node.StateHashIndex).Distinct().Count() == 1);

        var status = statuses[0];
        Assert.Equal(0, status.StateHashIndex % 50);
        Assert.Single(statuses.Select(node => node.StateHash).Distinct());
        Assert.All(cluster.Nodes, node => Assert.Equal(0, node.Log.Status.DigestMismatches));
        var rebuilt = await cluster.Nodes[1].Reader.ReadAtAsync(status.StateHashIndex, HashOf, default);
        Assert.Equal(status.StateHash, rebuilt!.Value.Value);
    }

    private static async Task MakeMarketAsync(RaftLogCluster cluster)
    {
        await cluster.ProposeAsync(Commands.CreateAsset("USD", 2));
        await cluster.ProposeAsync(Commands.CreateAccount("anyone"));
    }

    /// <summary>Goes on because a snapshot that is due while the last is on its way to the disk is left out.</summary>
    private static async Task<List<ReplicaStatus>> DepositUntilAsync(
        RaftLogCluster cluster, Predicate<List<ReplicaStatus>> holds)
    {
        List<ReplicaStatus> now;
        for (var deposits = 0; !holds(now = [.. cluster.Nodes.Select(node => node.Log.Status)]); deposits++)
        {
            Assert.InRange(deposits, 0, 10_000);
            await DepositAsync(cluster, 1);
        }

        return now;
    }

    private static async Task<Proposal> DepositAsync(RaftLogCluster cluster, int count)
    {
        Proposal last = null!;
        for (var i = 0; i < count; i++)
        {
            last = await cluster.ProposeAsync(Commands.Deposit(1, 1, 1));
        }

        return last;
    }

    /// <summary>As a flipped bit would: the number of the last ledger entry is another than on the other
    /// nodes.</summary>
    private static async Task CorruptAsync(LogNode node, string field = "_lastLedger", int bit = 6) =>
        await node.Reader.ReadAsync(
            exchange =>
            {
                var number = typeof(Exchange).GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)!;
                number.SetValue(exchange, (long)number.GetValue(exchange)! ^ (1L << bit));
                return true;
            },
            default);

    private static void RestartAll(RaftLogCluster cluster, NodeId[] ids, Action<string>? meanwhile = null)
    {
        foreach (var node in cluster.Nodes.ToList())
        {
            cluster.Stop(node);
            meanwhile?.Invoke(cluster.DirectoryOf(node.Id));
        }

        foreach (var id in ids)
        {
            cluster.Restart(id);
        }
    }

    /// <summary>As README.md tells a person to do: the directory is what was set aside, and term and vote.</summary>
    private static void PutBack(string directory)
    {
        var aside = Path.Combine(directory, "damaged-1");
        foreach (var path in Directory.GetFiles(directory).Where(path => !path.EndsWith(FileNames.HardState)))
        {
            File.Delete(path);
        }

        foreach (var path in Directory.GetFiles(aside))
        {
            File.Move(path, Path.Combine(directory, Path.GetFileName(path)));
        }

        Directory.Delete(aside);
    }

    private static async Task RequireSilentAsync(LogNode node)
    {
        var proposal = await node.Log.ProposeAsync(Commands.CreateAsset("EUR", 2), ProposalWait.Applied, default);
        Assert.Equal(ProposalOutcome.NotLeader, proposal.Outcome);
        Assert.Null(await node.Log.ReadBarrierAsync(default));
    }

    private static async Task RequireEqualAsync(RaftLogCluster cluster, long index)
    {
        var hashes = new List<(long, Digest, Digest)>();
        foreach (var node in cluster.Nodes)
        {
            await node.Reader.WaitAppliedAsync(index, default);
            var reading = await node.Reader.ReadAsync(HashOf, default);
            hashes.Add((reading.Index, reading.Digest, reading.Value));
        }

        Assert.Single(hashes.Distinct());
    }

    private static Digest HashOf(Exchange exchange)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        exchange.StateHash(hash);
        return Digest.FromBytes(hash);
    }

    private static IEnumerable<LogNode> Others(RaftLogCluster cluster, LogNode node) =>
        cluster.Nodes.Where(other => other.Id != node.Id);
}
