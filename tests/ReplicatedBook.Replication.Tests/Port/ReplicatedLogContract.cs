using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>What every implementation of <see cref="IReplicatedLog"/> promises; derived once per
/// implementation.</summary>
public abstract class ReplicatedLogContract
{
    /// <summary>Starts a cluster of three and waits for a leader.</summary>
    internal abstract Task<ILogCluster> StartAsync();

    [Fact]
    public async Task A_proposal_to_the_leader_is_applied_on_every_replica_with_one_digest()
    {
        await using var cluster = await StartAsync();
        var leader = await cluster.LeaderAsync();

        var proposal = await leader.Log.ProposeAsync(Commands.CreateAsset("USD", 2), ProposalWait.Applied, default);

        Assert.Equal(ProposalOutcome.Applied, proposal.Outcome);
        Assert.Equal(RejectReason.None, proposal.Applied.Reason);
        foreach (var node in cluster.Nodes)
        {
            await node.Reader.WaitAppliedAsync(proposal.Index, default);
            Assert.Equal(proposal.Digest, node.Reader.RecordAt(proposal.Index)!.Value.Digest);
            var assets = await node.Reader.ReadAsync(exchange => exchange.Assets.Count, default);
            Assert.Equal(1, assets.Value);
        }
    }

    [Fact]
    [Trait("Scenario", "40 proposals_fail_with_unknown_or_notleader_exactly")]
    public async Task A_follower_refuses_a_proposal_as_surely_not_in_the_log()
    {
        await using var cluster = await StartAsync();
        var leader = await cluster.LeaderAsync();
        var follower = cluster.Nodes.First(node => node != leader);

        var proposal = await follower.Log.ProposeAsync(Commands.CreateAsset("USD", 2), ProposalWait.Applied, default);

        Assert.Equal(ProposalOutcome.NotLeader, proposal.Outcome);
    }

    [Fact]
    public async Task A_read_barrier_on_any_node_shows_what_was_acknowledged_before_it()
    {
        await using var cluster = await StartAsync();
        var leader = await cluster.LeaderAsync();
        for (var i = 0; i < 20; i++)
        {
            var proposal = await leader.Log.ProposeAsync(
                Commands.CreateAsset($"A{i}", 2), ProposalWait.Applied, default);
            Assert.Equal(ProposalOutcome.Applied, proposal.Outcome);
            foreach (var node in cluster.Nodes)
            {
                var index = await cluster.BarrierAsync(node);
                Assert.True(index >= proposal.Index);
                var assets = await node.Reader.ReadAsync(exchange => exchange.Assets.Count, default);
                Assert.True(assets.Value >= i + 1);
            }
        }
    }

    [Fact]
    public async Task Appended_promises_a_position_and_nothing_more()
    {
        await using var cluster = await StartAsync();
        var leader = await cluster.LeaderAsync();

        var proposal = await leader.Log.ProposeAsync(Commands.CreateAsset("USD", 2), ProposalWait.Appended, default);

        Assert.Equal(ProposalOutcome.Appended, proposal.Outcome);
        await leader.Reader.WaitAppliedAsync(proposal.Index, default);
        Assert.Equal(proposal.Term, leader.Reader.RecordAt(proposal.Index)!.Value.Term);
    }

    [Fact]
    public async Task A_new_leader_has_all_that_was_acknowledged_when_the_old_one_dies()
    {
        await using var cluster = await StartAsync();
        var old = await cluster.LeaderAsync();
        var proposal = await old.Log.ProposeAsync(Commands.CreateAsset("USD", 2), ProposalWait.Applied, default);
        cluster.Stop(old);

        var next = await cluster.LeaderAsync();
        var second = await cluster.ProposeAsync(Commands.CreateAsset("EUR", 2));

        Assert.NotEqual(old, next);
        Assert.True(second.Index > proposal.Index);
        var reading = await (await cluster.LeaderAsync()).Reader.ReadAsync(
            exchange => exchange.FindAsset("USD") is not null, default);
        Assert.True(reading.Value);
    }

    [Fact]
    public async Task A_stopped_node_comes_back_with_its_log_and_catches_up()
    {
        await using var cluster = await StartAsync();
        var leader = await cluster.LeaderAsync();
        var follower = cluster.Nodes.First(node => node != leader);
        cluster.Stop(follower);
        var proposal = await cluster.ProposeAsync(Commands.CreateAsset("USD", 2));

        var back = cluster.Restart(follower.Id);
        await back.Reader.WaitAppliedAsync(proposal.Index, default);

        Assert.Equal(proposal.Digest, back.Reader.RecordAt(proposal.Index)!.Value.Digest);
    }

    [Fact]
    public async Task Leadership_goes_to_the_node_it_is_handed_to()
    {
        await using var cluster = await StartAsync();
        var leader = await cluster.LeaderAsync();
        var target = cluster.Nodes.First(node => node != leader);
        await cluster.ProposeAsync(Commands.CreateAsset("USD", 2));

        Assert.True(await leader.Log.TransferLeadershipAsync(target.Id, default));

        Assert.Equal(target, await cluster.LeaderAsync());
    }

    [Fact]
    public async Task A_past_state_is_rebuilt_as_it_was()
    {
        await using var cluster = await StartAsync();
        var first = await cluster.ProposeAsync(Commands.CreateAsset("USD", 2));
        var second = await cluster.ProposeAsync(Commands.CreateAsset("EUR", 2));
        var leader = await cluster.LeaderAsync();

        var past = await leader.Reader.ReadAtAsync(first.Index, exchange => exchange.Assets.Count, default);
        var present = await leader.Reader.ReadAtAsync(second.Index, exchange => exchange.Assets.Count, default);

        Assert.Equal((1, first.Index, first.Digest), (past!.Value.Value, past.Value.Index, past.Value.Digest));
        Assert.Equal((2, second.Digest), (present!.Value.Value, present.Value.Digest));
    }

    [Fact]
    [Trait("MatchingScenario", "118 query_during_load_is_a_consistent_prefix")]
    public async Task A_reading_under_load_shows_the_state_after_exactly_one_entry_and_never_an_older_one_than_before()
    {
        const int Deposits = 300;
        await using var cluster = await StartAsync();
        await cluster.ProposeAsync(Commands.CreateAsset("USD", 2));
        await cluster.ProposeAsync(Commands.CreateAccount("one"));
        var leader = await cluster.LeaderAsync();
        var load = Enumerable.Range(1, Deposits).Select(
            units => leader.Log.ProposeAsync(Commands.Deposit(1, 1, units), ProposalWait.Applied, default).AsTask());

        var loaded = Task.WhenAll(load.ToArray());
        var read = await Task.WhenAll(cluster.Nodes.Select(node => ReadUntilAsync(node, loaded)));

        Assert.All(await loaded, proposal => Assert.Equal(ProposalOutcome.Applied, proposal.Outcome));
        for (var i = 0; i < read.Length; i++)
        {
            Assert.Equal(read[i].Select(reading => reading.Index).Order(), read[i].Select(reading => reading.Index));
            foreach (var reading in read[i].DistinctBy(reading => reading.Index).TakeLast(20))
            {
                var past = await cluster.Nodes[i].Reader.ReadAtAsync(reading.Index, HashOf, default);
                Assert.Equal((past!.Value.Value, past.Value.Digest), (reading.Value, reading.Digest));
            }
        }
    }

    private static async Task<List<Reading<string>>> ReadUntilAsync(LogNode node, Task end)
    {
        var readings = new List<Reading<string>>();
        do
        {
            readings.Add(await node.Reader.ReadAsync(HashOf, default));
        }
        while (!end.IsCompleted);

        return readings;
    }

    private static string HashOf(Exchange exchange)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        exchange.StateHash(hash);
        return Convert.ToHexString(hash);
    }
}
