using ReplicatedBook.Consensus;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Members come and go while the log goes on, through the port alone.</summary>
public sealed class MembershipTests
{
    private static readonly NodeId Fourth = new("n4");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Scenario", "72 add_node_from_empty_by_log_replay")]
    public async Task New_member_is_brought_level_by_the_log_alone_and_gets_its_vote()
    {
        await using var cluster = new RaftLogCluster();
        var last = await FillAsync(cluster, 50);
        var joined = cluster.Join(Fourth);

        await AddAsync(cluster);
        await joined.Reader.WaitAppliedAsync(last.Index, Cancellation);
        var promoted = await cluster.ChangeAsync(new MembershipChange.Promote(Fourth));

        Assert.Equal(MembershipResult.Done, promoted.Result);
        await joined.Reader.WaitAppliedAsync(promoted.Index, Cancellation);
        Assert.Equal(last.Digest, joined.Reader.RecordAt(last.Index)!.Value.Digest);
        await RaftLogCluster.UntilAsync(() => joined.Log.Status is { InstalledSnapshots: 0, Voters.Count: 4 });
    }

    [Fact]
    [Trait("Scenario", "64 promote_caught_up_learner")]
    public async Task New_member_of_a_compacted_cluster_is_brought_level_by_a_snapshot_that_names_the_members()
    {
        var options = new ReplicaOptions { Raft = null!, SnapshotEveryEntries = 20, KeepEntries = 5 };
        await using var cluster = new RaftLogCluster(options: options);
        await FillAsync(cluster, 100);
        var leader = await cluster.LeaderAsync();
        await RaftLogCluster.UntilAsync(() => leader.Log.Status.FirstLogIndex > 50);
        var joined = cluster.Join(Fourth);

        await AddAsync(cluster);
        var last = await FillAsync(cluster, 30, from: 100);
        await joined.Reader.WaitAppliedAsync(last.Index, Cancellation);
        await RaftLogCluster.UntilAsync(() => joined.Log.Status.Wholeness == Wholeness.Whole);
        var promoted = await cluster.ChangeAsync(new MembershipChange.Promote(Fourth));

        Assert.Equal(MembershipResult.Done, promoted.Result);
        Assert.True(joined.Log.Status.InstalledSnapshots > 0);
        cluster.Stop(joined);
        joined = cluster.Restart(Fourth); // From its own files: nobody tells it again.
        Assert.Contains(joined.Log.Status.Members, member => member is { Id.Value: "n4", Contact: "at n4" });
    }

    [Fact]
    [Trait("Scenario", "66 second_change_while_pending_refused")]
    public async Task Change_is_refused_with_its_reason_and_changes_nothing()
    {
        await using var cluster = new RaftLogCluster();
        await FillAsync(cluster, 1);
        var leader = await cluster.LeaderAsync();
        foreach (var follower in cluster.Nodes.Where(node => node != leader).ToArray())
        {
            var refused = await follower.Log.ChangeMembershipAsync(
                new MembershipChange.Remove(leader.Id), Cancellation);
            Assert.Equal(MembershipOutcome.Refused(MembershipRefusal.NotLeader), refused);
        }

        var first = leader.Log.ChangeMembershipAsync(new MembershipChange.AddLearner(Fourth, ""), Cancellation);
        var second = await leader.Log.ChangeMembershipAsync(new MembershipChange.AddLearner(Fourth, ""), Cancellation);
        Assert.Contains(second.Refusal, new[] { MembershipRefusal.InProgress, MembershipRefusal.AlreadyMember });
        Assert.Equal(MembershipResult.Done, (await first).Result);
        Assert.Single(leader.Log.Status.Members, member => !member.IsVoter);
    }

    [Fact]
    public async Task Removed_follower_counts_no_more()
    {
        await using var cluster = new RaftLogCluster();
        await FillAsync(cluster, 1);
        var follower = cluster.Nodes.First(node => node.Log.Status.Role != Role.Leader);
        var removed = await cluster.ChangeAsync(new MembershipChange.Remove(follower.Id));
        cluster.Stop(follower);

        Assert.Equal(MembershipResult.Done, removed.Result);
        Assert.Equal(2, (await cluster.LeaderAsync()).Log.Status.Voters.Count);
        await FillAsync(cluster, 1, from: 1);
    }

    [Fact]
    [Trait("Scenario", "67 remove_leader_steps_down_after_commit")]
    public async Task Removed_leader_answers_its_removal_and_another_leads()
    {
        await using var cluster = new RaftLogCluster();
        await FillAsync(cluster, 1);
        var leader = await cluster.LeaderAsync();
        var removed = await cluster.ChangeAsync(new MembershipChange.Remove(leader.Id));

        Assert.Equal(MembershipResult.Done, removed.Result);
        await RaftLogCluster.UntilAsync(() => leader.Log.Status.Role == Role.Follower);
        cluster.Stop(leader);
        await FillAsync(cluster, 1, from: 1);
        var next = await cluster.LeaderAsync();
        Assert.NotEqual(leader.Id, next.Id);
        Assert.Equal(2, next.Log.Status.Members.Count);
    }

    [Fact]
    [Trait("Scenario", "69 removed_then_readded_rejoins")]
    [Trait("FieldReport", "removed member cannot rejoin")]
    public async Task Removed_follower_that_is_added_again_is_level_and_votes()
    {
        await using var cluster = new RaftLogCluster();
        await FillAsync(cluster, 1);
        var follower = cluster.Nodes.First(node => node.Log.Status.Role != Role.Leader);
        await cluster.ChangeAsync(new MembershipChange.Remove(follower.Id));
        var last = await FillAsync(cluster, 5, from: 1);
        var added = await cluster.ChangeAsync(new MembershipChange.AddLearner(follower.Id, ""));
        Assert.Equal(MembershipResult.Done, added.Result);
        await follower.Reader.WaitAppliedAsync(last.Index, Cancellation);
        Assert.Equal(
            MembershipResult.Done, (await cluster.ChangeAsync(new MembershipChange.Promote(follower.Id))).Result);
        await RaftLogCluster.UntilAsync(() => follower.Log.Status.Voters.Count == 3);
    }

    [Fact]
    public async Task Lost_connection_to_a_leader_that_is_gone_brings_another_soon()
    {
        await using var cluster = new RaftLogCluster();
        await FillAsync(cluster, 1);
        var leader = await cluster.LeaderAsync();
        cluster.Stop(leader);
        foreach (var node in cluster.Nodes)
        {
            cluster.Log(node.Id).PeerLost(leader.Id);
        }

        Assert.NotEqual(leader.Id, (await cluster.LeaderAsync()).Id);
        await FillAsync(cluster, 1, from: 1);
    }

    private static async Task AddAsync(RaftLogCluster cluster)
    {
        var added = await cluster.ChangeAsync(new MembershipChange.AddLearner(Fourth, "at n4"));
        Assert.Equal(MembershipResult.Done, added.Result);
        Assert.True(added.Index > 0);
    }

    private static async Task<Proposal> FillAsync(RaftLogCluster cluster, int count, int from = 0)
    {
        Proposal last = null!;
        for (var i = from; i < from + count; i++)
        {
            last = await cluster.ProposeAsync(Commands.CreateAsset($"A{i}", 2, $"k{i}"));
        }

        return last;
    }
}
