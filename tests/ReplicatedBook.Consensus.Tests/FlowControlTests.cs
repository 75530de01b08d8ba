using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Ongaro 2014, 10.2 (batching and pipelining) and the limits of what is under way to one follower.</summary>
public sealed class FlowControlTests
{
    [Fact]
    [Trait("Scenario", "29 probe_to_replicate_transition")]
    public void New_leader_probes_once_and_sends_ahead_after_the_answer()
    {
        var leader = Make.Leader();
        Assert.Equal(2, leader.TakeSent<AppendEntries>().Length); // The first entry of the term, to each.
        leader.Propose("a");
        leader.Propose("b");
        Assert.Empty(leader.Outbox);

        leader.Receive(Make.Ack(2, 1, match: 1));
        var sent = leader.TakeSent<AppendEntries>().Single();
        Assert.Equal((1L, 2), (sent.PreviousIndex, sent.Entries.Count));
        leader.Propose("c");
        leader.Propose("d");
        Assert.Equal([(3L, 1), (4L, 1)], leader.TakeSent<AppendEntries>().Where(append => append.To == Make.Id(2))
            .Select(append => (append.PreviousIndex, append.Entries.Count)));
    }

    [Fact]
    [Trait("Scenario", "30 inflight_window_full_pauses_then_resumes")]
    public void Full_window_of_messages_stops_sending_and_answers_open_it_again()
    {
        var leader = Make.SettledLeader(change: config => config with { MaxInflightAppends = 3 });
        for (var i = 0; i < 10; i++)
        {
            leader.Propose($"command {i}");
        }

        Assert.Equal(3, leader.TakeSent<AppendEntries>().Count(append => append.To == Make.Id(2)));
        leader.Receive(Make.Ack(2, 1, match: 2));
        var sent = leader.TakeSent<AppendEntries>().Single();
        Assert.Equal((4L, 7), (sent.PreviousIndex, sent.Entries.Count)); // All that had waited, in one message.
        leader.Receive(Make.Ack(2, 1, match: 11));
        Assert.Empty(leader.Outbox);
        Assert.Equal(11, leader.Raft.CommitIndex);
    }

    [Fact]
    [Trait("Scenario", "31 byte_limit_pauses")]
    public void Full_window_of_bytes_stops_sending()
    {
        var leader = Make.SettledLeader(change: config => config with { MaxInflightBytes = 250 });
        for (var i = 0; i < 10; i++)
        {
            leader.Propose(new string('x', 100));
        }

        Assert.Equal(3, leader.TakeSent<AppendEntries>().Count(append => append.To == Make.Id(2)));
        leader.Receive(Make.Ack(2, 1, match: 4));
        Assert.Equal(7, leader.TakeSent<AppendEntries>().Single().Entries.Count);
    }

    [Fact]
    public void Batches_keep_to_their_limits_except_that_one_entry_always_fits()
    {
        var leader = Make.SettledLeader(change: config =>
            config with { MaxEntriesPerAppend = 3, MaxBytesPerAppend = 100 });
        leader.Propose("a", "b", "c", "d", new string('x', 500), new string('y', 60), new string('z', 60));
        var sent = leader.TakeSent<AppendEntries>().Where(append => append.To == Make.Id(2)).ToArray();
        Assert.Equal([3, 1, 1, 1, 1], sent.Select(append => append.Entries.Count));
        Assert.Equal([1, 4, 5, 6, 7], sent.Select(append => append.PreviousIndex));
    }

    [Fact]
    [Trait("Scenario", "32 heartbeat_recovers_probing_peer")]
    public void Heartbeat_answer_sends_a_lost_probe_again_but_not_its_megabytes()
    {
        var leader = Make.Leader();
        leader.Propose(new string('x', 1_000_000));
        leader.Outbox.Clear(); // The probe is lost.
        leader.Tick(leader.Config.HeartbeatTicks);
        var heartbeat = leader.TakeSent<AppendEntries>().First(append => append.To == Make.Id(2));
        Assert.Equal((0L, 0), (heartbeat.PreviousIndex, heartbeat.Entries.Count));

        var longer = Make.Leader(term: 2, log: [1, 2]);
        longer.Outbox.Clear();
        longer.Tick(longer.Config.HeartbeatTicks);
        longer.Outbox.Clear();
        longer.Receive(Make.Ack(2, 3, match: 0));
        var probe = longer.TakeSent<AppendEntries>().Single();
        Assert.Equal((2L, 0), (probe.PreviousIndex, probe.Entries.Count));
        longer.Receive(Make.Ack(2, 3, match: 2));
        var entries = longer.TakeSent<AppendEntries>().Single();
        Assert.Equal((2L, 1), (entries.PreviousIndex, entries.Entries.Count));
    }

    [Fact]
    [Trait("Scenario", "33 heartbeat_does_not_carry_commit_past_match")]
    [Trait("Scenario", "34 lagging_commit_catches_up")]
    public void No_message_carries_a_commit_index_past_what_it_proves()
    {
        var leader = Make.SettledLeader(change: config => config with { MaxEntriesPerAppend = 2 });
        leader.Propose("a", "b", "c", "d");
        leader.Receive(Make.Ack(3, 1, match: 5)); // Committed with n3; n2 has answered nothing.
        Assert.Equal(5, leader.Raft.CommitIndex);
        leader.Tick(leader.Config.HeartbeatTicks);
        leader.Receive(Make.Refusal(2, 1, refused: 5, hintIndex: 2, hintTerm: 0)); // n2 has only index 1.
        leader.Tick(leader.Config.HeartbeatTicks);
        Assert.All(leader.Sent<AppendEntries>(), append =>
            Assert.True(append.LeaderCommit <= append.PreviousIndex + append.Entries.Count));
        var last = leader.Sent<AppendEntries>().Last(append => append.To == Make.Id(2));
        Assert.Equal((1L, 1L), (last.PreviousIndex, last.LeaderCommit));
    }

    [Fact]
    [Trait("Scenario", "35 slow_follower_catches_up_under_full_load")]
    [Trait("Scenario", "38 leader_with_dropped_round_never_stalls")]
    [Trait("FieldReport", "production stall after a dropped replication round")]
    public void Lost_appends_are_found_by_the_next_heartbeat_and_sent_again()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        for (var i = 0; i < 30; i++)
        {
            cluster.Lose = message => message is AppendEntries { Entries.Count: > 0 } && message.To == cluster[3].Id;
            cluster[1].Propose($"lost {i}");
            cluster.Settle();
            cluster.Lose = null;
            cluster[1].Propose($"arrives {i}");
            cluster.Settle();
            cluster.Tick(2 * cluster[1].Config.HeartbeatTicks);
            Assert.Equal(cluster[1].Raft.CommitIndex, cluster[3].Raft.CommitIndex);
        }

        Assert.Equal(1, cluster[1].Raft.HardState.Term);
    }

    [Fact]
    [Trait("Scenario", "35 slow_follower_catches_up_under_full_load")]
    public void Slow_follower_catches_up_while_the_load_goes_on()
    {
        var cluster = new TestCluster(3, config => config with { MaxEntriesPerAppend = 20, MaxInflightAppends = 4 });
        cluster.Elect(1);
        cluster.Isolate(3);
        Load(cluster, batches: 100);
        cluster.Heal();
        Load(cluster, batches: 30);
        Assert.InRange(cluster[1].Raft.CommitIndex - cluster[3].Raft.CommitIndex, 0, 10);
        cluster.Tick(10);
        cluster.RequireSameLogs();
    }

    [Fact]
    [Trait("FieldReport", "leader's memory grows while a node is down")]
    public void Dead_follower_costs_a_window_and_heartbeats_and_nothing_else()
    {
        var leader = Make.SettledLeader(change: config => config with { MaxInflightBytes = 10_000 });
        var bytes = 0L;
        for (var i = 0; i < 200; i++)
        {
            leader.Propose(new string('x', 1_000));
            leader.Receive(Make.Ack(2, 1, leader.Raft.Log.LastIndex));
            leader.Tick();
            var toDead = leader.TakeSent<AppendEntries>().Where(append => append.To == Make.Id(3)).ToArray();
            Assert.InRange(toDead.Length, 0, 2);
            bytes += toDead.Sum(append => append.Entries.Sum(entry => (long)entry.Payload.Length));
        }

        Assert.Equal(10_000, bytes);
        Assert.Equal(201, leader.Raft.CommitIndex);
    }

    [Fact]
    [Trait("Scenario", "37 uncommitted_limit_rejects_not_blocks")]
    public void Too_much_uncommitted_is_refused_at_once_and_taken_again_after_commit()
    {
        var leader = Make.SettledLeader(change: config =>
            config with { MaxUncommittedEntries = 10, MaxUncommittedBytes = 5_000 });
        Assert.Equal(2, leader.Propose([.. Enumerable.Repeat("x", 10)]));
        Assert.Equal(0, leader.Propose("one too many"));
        Assert.Equal(ProposalRefusal.Overloaded, leader.LastRefusal);
        Assert.Equal(11, leader.Raft.Log.LastIndex);

        leader.Receive(Make.Ack(2, 1, match: 11));
        Assert.Equal(12, leader.Propose(new string('x', 6_000))); // One batch always fits.
        Assert.Equal(0, leader.Propose("y"));
        leader.Receive(Make.Ack(2, 1, match: 12));
        Assert.Equal(13, leader.Propose("y"));
    }

    [Fact]
    [Trait("Scenario", "39 deposed_leader_releases_all_waiters_fast")]
    [Trait("Scenario", "40 proposals_fail_with_unknown_or_notleader_exactly")]
    [Trait("FieldReport", "deposed leader hangs and all calls to it time out")]
    public void Proposals_are_taken_by_a_leader_and_by_nobody_else()
    {
        var node = Make.Node();
        Assert.Equal(0, node.Propose("a"));
        Assert.Equal((ProposalRefusal.NotLeader, 0L), (node.LastRefusal, node.Raft.Log.LastIndex));

        var leader = Make.SettledLeader();
        Assert.Equal((2L, 3L), (leader.Propose("a"), leader.Propose("b", "c")));
        Assert.Equal(ProposalRefusal.None, leader.LastRefusal);
        leader.Receive(Make.Append(2, term: 2, previous: 1, previousTerm: 1));
        Assert.Equal(0, leader.Propose("d"));
    }

    private static void Load(TestCluster cluster, int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            cluster[1].Propose([.. Enumerable.Range(0, 10).Select(n => $"{i}.{n}")]);
            cluster.Tick();
        }
    }
}
