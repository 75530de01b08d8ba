using System.Buffers;
using System.Collections.Concurrent;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;
using ReplicatedBook.Replication.Tests.Port;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Agreements;

/// <summary>Goal: what some node does not know is not used (RELIABILITY P18). Method: three replicas over real files,
/// some of which say that they are of an older build.</summary>
public sealed class FeatureLevelTests
{
    private readonly ConcurrentDictionary<NodeId, int> _supported = new();

    [Fact]
    public async Task The_level_rises_by_itself_once_all_members_have_said_that_they_support_it()
    {
        await using var cluster = Start();

        await RaftLogCluster.UntilAsync(() =>
            cluster.Nodes.All(node => node.Log.Status.FeatureLevel == FeatureLevels.Supported));

        Assert.All(cluster.Nodes, node => Assert.Empty(node.Log.Status.HeldBackBy));
    }

    [Fact]
    public async Task One_old_voter_holds_the_level_back_until_it_is_new()
    {
        var old = new NodeId("n3");
        _supported[old] = FeatureLevels.First;
        await using var cluster = Start();
        LogNode leader = null!;
        await RaftLogCluster.UntilAsync(() =>
            (leader = cluster.Nodes.FirstOrDefault(node => node.Id != old && node.Log.Status.Role == Role.Leader
                && node.Log.Status.HeldBackBy.SequenceEqual([old]))!) is not null
            || TransferFrom(cluster, old));

        var asked = await leader.Log.ProposeAsync(
            Commands.SetFeatureLevel(FeatureLevels.Supported), ProposalWait.Applied, default);
        await cluster.ProposeAsync(Commands.CreateAsset("USD", 2));

        Assert.Equal(ProposalOutcome.NotSupported, asked.Outcome);
        Assert.All(cluster.Nodes, node => Assert.Equal(FeatureLevels.First, node.Log.Status.FeatureLevel));
        cluster.Stop(cluster.Nodes.Single(node => node.Id == old));
        _supported[old] = FeatureLevels.Supported;
        cluster.Restart(old);
        await RaftLogCluster.UntilAsync(() =>
            cluster.Nodes.All(node => node.Log.Status.FeatureLevel == FeatureLevels.Supported));
    }

    [Fact]
    public async Task A_silent_member_holds_the_level_back_too()
    {
        await using var cluster = Start(FeatureLevels.First);
        cluster.Stop(cluster.Nodes.Single(node => node.Id.Value == "n3"));
        foreach (var node in cluster.Nodes.ToList())
        {
            cluster.Stop(node);
            _supported[node.Id] = FeatureLevels.Supported;
            cluster.Restart(node.Id);
        }

        await RaftLogCluster.UntilAsync(() =>
            cluster.Nodes.Any(node => node.Log.Status.HeldBackBy.SequenceEqual([new NodeId("n3")])));

        Assert.All(cluster.Nodes, node => Assert.Equal(FeatureLevels.First, node.Log.Status.FeatureLevel));
    }

    [Fact]
    public async Task A_node_that_goes_back_to_an_older_build_says_what_it_needs_and_the_others_go_on()
    {
        await using var cluster = Start();
        await RaftLogCluster.UntilAsync(() =>
            cluster.Nodes.All(node => node.Log.Status.FeatureLevel == FeatureLevels.Supported));
        var back = cluster.Nodes[0];
        cluster.Stop(back);
        _supported[back.Id] = FeatureLevels.First;

        var refusal = await RefusalOfStartAsync(cluster, back.Id);
        var proposal = await cluster.ProposeAsync(Commands.CreateAsset("USD", 2));

        Assert.Contains($"needs feature level {FeatureLevels.Supported}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(ProposalOutcome.Applied, proposal.Outcome);
    }

    [Fact]
    public async Task A_cluster_of_level_5_proposes_no_command_of_level_6_wrapped_or_not()
    {
        await using var cluster = Start(FeatureLevels.BettingMarkets);
        LogNode leader = null!;
        await RaftLogCluster.UntilAsync(() =>
            (leader = cluster.Nodes.FirstOrDefault(node => node.Log.Status.Role == Role.Leader
                && node.Log.Status.FeatureLevel == FeatureLevels.BettingMarkets)!) is not null);
        byte[][] later = [Commands.CreateUser("alice"), Commands.Wrapped(Commands.CreateAsset("USD", 2))];

        foreach (var command in later)
        {
            var asked = await leader.Log.ProposeAsync(command, ProposalWait.Applied, default);
            Assert.Equal(ProposalOutcome.NotSupported, asked.Outcome);
        }
    }

    [Fact]
    public async Task The_status_of_every_node_tells_the_index_of_the_last_change_of_a_user()
    {
        await using var cluster = Start();
        await RaftLogCluster.UntilAsync(() =>
            cluster.Nodes.All(node => node.Log.Status.FeatureLevel == FeatureLevels.Supported));
        Assert.All(cluster.Nodes, node => Assert.Equal(0, node.Log.Status.IdentityIndex));

        var proposal = await cluster.ProposeAsync(Commands.CreateUser("alice"));
        await cluster.ProposeAsync(Commands.CreateAsset("USD", 2));

        await RaftLogCluster.UntilAsync(() =>
            cluster.Nodes.All(node => node.Log.Status.IdentityIndex == proposal.Index));
    }

    /// <summary>At once where the entry is known to be committed; else as soon as a leader says so.</summary>
    private static async Task<Exception> RefusalOfStartAsync(RaftLogCluster cluster, NodeId node)
    {
        try
        {
            cluster.Restart(node);
        }
        catch (UnsupportedFormatException atOnce)
        {
            return atOnce;
        }

        await RaftLogCluster.UntilAsync(() => cluster.Failures.ContainsKey(node));
        return Assert.IsType<UnsupportedFormatException>(cluster.Failures[node]);
    }

    private RaftLogCluster Start(int supported = FeatureLevels.Supported) =>
        new(supported: id => _supported.GetValueOrDefault(id, supported));

    /// <summary>An old leader raises nothing; one of the others must lead, so that it is seen to hold back.</summary>
    private static bool TransferFrom(RaftLogCluster cluster, NodeId old)
    {
        var node = cluster.Nodes.Single(other => other.Id == old);
        if (node.Log.Status.Role == Role.Leader)
        {
            _ = node.Log.TransferLeadershipAsync(null, default).AsTask();
        }

        return false;
    }
}
