using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Ongaro 2014, 6.4: strong reads without a log entry.</summary>
public sealed class ReadTests
{
    [Fact] // 6.4 step 1
    [Trait("Scenario", "73 readindex_waits_for_own_term_commit")]
    public void Read_waits_until_an_entry_of_the_leaders_own_term_is_committed()
    {
        var leader = Make.Leader(term: 1, log: [1, 1]);
        leader.Read(1);
        leader.Tick(leader.Config.HeartbeatTicks);
        leader.Receive(Make.Ack(2, 2, match: 2));
        leader.Receive(Make.Ack(3, 2, match: 2));
        Assert.Empty(leader.Reads);
        Assert.All(leader.TakeSent<AppendEntries>(), append => Assert.Equal(0, append.ReadRound));

        leader.Receive(Make.Ack(2, 2, match: 3)); // Now committed: the round begins.
        Assert.Empty(leader.Reads);
        Assert.Contains(leader.Sent<AppendEntries>(), append => append.ReadRound == 1);
        leader.Receive(Make.Ack(2, 2, match: 3, round: 1));
        Assert.Equal(new ReadResult(1, 3), Assert.Single(leader.Reads));
    }

    [Fact] // 6.4 step 3
    public void Only_answers_to_a_round_begun_after_the_read_confirm_it()
    {
        var leader = Make.SettledLeader(voters: 5);
        leader.Tick(leader.Config.HeartbeatTicks); // Heartbeats of before.
        leader.Read(1);
        Make.AcknowledgeAll(leader);
        Assert.Empty(leader.Reads);
        leader.Receive(Make.Ack(2, 1, match: 1, round: 1));
        leader.Receive(Make.Ack(2, 1, match: 1, round: 1));
        Assert.Empty(leader.Reads); // One voter twice is not a majority.
        leader.Receive(Make.Ack(4, 1, match: 1, round: 1));
        Assert.Equal(new ReadResult(1, 1), Assert.Single(leader.Reads));
    }

    [Fact]
    public void Many_reads_share_a_round()
    {
        var leader = Make.SettledLeader();
        for (var read = 1; read <= 1_000; read++)
        {
            leader.Read(read);
        }

        Assert.Equal(2, leader.TakeSent<AppendEntries>().Length);
        leader.Receive(Make.Ack(2, 1, match: 1, round: 1));
        Assert.Equal([1], leader.Reads.Select(read => read.RequestId)); // The others came after the round began.
        Assert.Equal(2, leader.TakeSent<AppendEntries>().Length);
        leader.Receive(Make.Ack(3, 1, match: 1, round: 2));
        Assert.Equal(1_000, leader.Reads.Count);
        Assert.All(leader.Reads, read => Assert.Equal(1, read.Index));
        Assert.Empty(leader.Outbox);
    }

    [Fact]
    public void Lost_round_is_asked_again_with_the_next_heartbeat()
    {
        var leader = Make.SettledLeader();
        leader.Read(1);
        leader.Outbox.Clear();
        leader.Read(2);
        leader.Tick(leader.Config.HeartbeatTicks);
        Assert.All(leader.TakeSent<AppendEntries>(), append => Assert.Equal(2, append.ReadRound));
        leader.Receive(Make.Ack(2, 1, match: 1, round: 2));
        Assert.Equal(2, leader.Reads.Count);
    }

    [Fact]
    [Trait("Scenario", "74 partitioned_leader_cannot_serve_strong_read")]
    public void Leader_cut_off_from_the_majority_answers_no_strong_read()
    {
        var cluster = new TestCluster(5);
        cluster.Elect(1).Propose("old");
        cluster.Tick(5);
        cluster.Isolate(1);
        cluster.Isolate(2);
        cluster[1].Read(1);
        cluster[2].Read(2);
        cluster.TickUntil(() => cluster.Leaders.Any(leader => leader != cluster[1]), maxTicks: 300);
        cluster.Leaders.Single(leader => leader != cluster[1]).Propose("new");
        cluster.Tick(30);
        Assert.Equal(new ReadResult(1, -1), Assert.Single(cluster[1].Reads));
        Assert.Equal(new ReadResult(2, -1), Assert.Single(cluster[2].Reads));
    }

    [Fact] // There are no leases: however long it was paused, its clock decides nothing.
    [Trait("Scenario", "76 lease_read_refused_after_pause_or_clock_step")]
    public void Leader_that_was_paused_while_another_took_over_serves_no_read()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1).Propose("old");
        cluster.Tick(5);
        cluster.Isolate(1);
        for (var i = 0; i < 200 && cluster.Leaders.Count() < 2; i++)
        {
            cluster[2].Tick(); // Only their time passes: n1 stands still and takes itself for the leader.
            cluster[3].Tick();
            cluster.Settle();
        }

        cluster.Leaders.Single(leader => leader != cluster[1]).Propose("new");
        cluster.Settle();
        Assert.Equal(Role.Leader, cluster[1].Raft.Role);
        cluster[1].Read(1);
        cluster.Settle();
        Assert.Empty(cluster[1].Reads);
        cluster.Heal();
        cluster.Tick(10);
        Assert.Equal(new ReadResult(1, -1), Assert.Single(cluster[1].Reads));
    }

    [Fact]
    [Trait("FieldReport", "deposed leader hangs and all calls to it time out")]
    public void Any_change_of_term_or_role_fails_all_pending_reads()
    {
        var leader = Make.SettledLeader();
        leader.Read(1);
        leader.Read(2);
        leader.Receive(new ReadIndexRequest(Make.Id(3), Make.Id(1), 1, 77));
        leader.Outbox.Clear();
        leader.Receive(Make.Ack(2, 1, 1));
        leader.Receive(Make.Append(3, term: 2, previous: 0, previousTerm: 0));
        Assert.Equal([new ReadResult(1, -1), new ReadResult(2, -1)], leader.Reads);
        var refusal = leader.Sent<ReadIndexReply>().Single();
        Assert.Equal((77L, -1L), (refusal.RequestId, refusal.Index));
        leader.Receive(Make.Ack(2, 1, match: 1, round: 1)); // An answer of the earlier term, too late.
        Assert.Equal(2, leader.Reads.Count);
    }

    [Fact]
    [Trait("Scenario", "75 follower_read_confirms_quorum")]
    public void Follower_asks_the_leader_who_asks_a_majority()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1).Propose("a");
        cluster.Settle();
        cluster.Delivered.Clear();
        cluster[3].Read(9);
        cluster.Settle();
        Assert.Equal(new ReadResult(9, 2), Assert.Single(cluster[3].Reads));
        Assert.Contains(cluster.Delivered, message => message is AppendEntriesReply { ReadRound: > 0 });
    }

    [Fact]
    [Trait("Scenario", "75 follower_read_confirms_quorum")]
    public void Read_at_a_follower_fails_without_a_leader_and_after_an_election_timeout_without_answer()
    {
        var follower = Make.Node();
        follower.Read(1);
        Assert.Equal(new ReadResult(1, -1), Assert.Single(follower.Reads));

        follower.Reads.Clear();
        follower.Receive(Make.Append(2, 1, 0, 0));
        follower.Read(2);
        for (var tick = 0; tick < follower.Config.ElectionTicks; tick++)
        {
            Assert.Empty(follower.Reads);
            follower.Receive(Make.Append(2, 1, 0, 0)); // The leader lives but does not answer.
            follower.Tick();
        }

        Assert.Equal(new ReadResult(2, -1), Assert.Single(follower.Reads));
    }

    [Fact]
    public void Change_of_leader_fails_reads_that_were_asked_of_the_old_one()
    {
        var follower = Make.Node();
        follower.Receive(Make.Append(2, 1, 0, 0));
        follower.Read(1);
        var asked = follower.TakeSent<ReadIndexRequest>().Single();
        Assert.Equal(Make.Id(2), asked.To);
        follower.Receive(Make.Append(3, 2, 0, 0));
        Assert.Equal(new ReadResult(1, -1), Assert.Single(follower.Reads));

        follower.Read(2);
        follower.Receive(new ReadIndexReply(Make.Id(2), Make.Id(1), 1, asked.RequestId + 1, 5)); // Earlier term.
        follower.Receive(new ReadIndexReply(Make.Id(2), Make.Id(1), 2, asked.RequestId + 1, 5)); // Not the leader.
        Assert.Single(follower.Reads);
    }

    [Fact]
    public void Later_term_of_the_same_leader_fails_reads_too()
    {
        var follower = Make.Node();
        follower.Receive(Make.Append(2, 1, 0, 0));
        follower.Read(1);
        follower.Receive(Make.Append(2, 2, 0, 0)); // Deposed and elected again: what it knew then proves nothing now.
        Assert.Equal(new ReadResult(1, -1), Assert.Single(follower.Reads));
    }

    [Fact]
    public void Reads_at_a_follower_share_requests_and_a_lost_one_holds_up_no_later_read()
    {
        var follower = Make.Node();
        follower.Receive(Make.Append(2, 1, 0, 0));
        follower.Outbox.Clear();
        follower.Read(1);
        follower.Read(2);
        follower.Read(3);
        var first = follower.TakeSent<ReadIndexRequest>().Single().RequestId;
        follower.Tick(follower.Config.HeartbeatTicks);
        var second = follower.TakeSent<ReadIndexRequest>().Single().RequestId; // For 2 and 3.

        follower.Receive(new ReadIndexReply(Make.Id(2), Make.Id(1), 1, first, 4));
        Assert.Equal([new ReadResult(1, 4)], follower.Reads);
        follower.Receive(new ReadIndexReply(Make.Id(2), Make.Id(1), 1, second, 6));
        Assert.Equal([new(1, 4), new(2, 6), new ReadResult(3, 6)], follower.Reads);
        Assert.Empty(follower.Sent<ReadIndexRequest>());
    }

    [Fact]
    public void Answer_to_a_request_from_before_a_restart_answers_nothing_after_it()
    {
        var follower = Make.Node();
        follower.Receive(Make.Append(2, 1, 0, 0));
        follower.Read(1);
        var before = follower.TakeSent<ReadIndexRequest>().Single().RequestId;
        follower.Crash();
        follower.Restart();
        follower.Receive(Make.Append(2, 1, 0, 0));
        follower.Read(2);
        follower.Receive(new ReadIndexReply(Make.Id(2), Make.Id(1), 1, before, 1));
        Assert.Empty(follower.Reads);
    }

    [Fact]
    public void Node_that_does_not_lead_says_so_to_a_follower_that_asks()
    {
        var node = Make.Node(hardState: new HardState(3, null));
        node.Receive(new ReadIndexRequest(Make.Id(2), Make.Id(1), 2, 5));
        var reply = node.TakeSent<ReadIndexReply>().Single();
        Assert.Equal((5L, -1L, 3L), (reply.RequestId, reply.Index, reply.Term));
    }

    [Fact]
    public void Only_voter_answers_at_once_after_its_first_commit()
    {
        var node = Make.Node(voters: 1, hardState: new HardState(1, null), log: [1]);
        node.IsDiskFast = false;
        node.Tick(2 * node.Config.ElectionTicks);
        node.Read(1);
        Assert.Empty(node.Reads);
        node.FinishWrites();
        node.Read(2);
        Assert.Equal([new(1, 2), new ReadResult(2, 2)], node.Reads);
    }

    [Fact]
    public void Too_many_pending_reads_are_refused_at_once()
    {
        var leader = Make.SettledLeader(change: config => config with { MaxPendingReads = 2 });
        leader.Read(1);
        leader.Read(2);
        leader.Read(3);
        Assert.Equal(new ReadResult(3, -1), Assert.Single(leader.Reads));
    }
}
