using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Raft paper, 5.2 and 5.4.1: who may lead, and who helps to decide it.</summary>
public sealed class ElectionTests
{
    [Fact] // 5.2
    [Trait("Scenario", "1 follower_starts_election_after_timeout")]
    public void Follower_starts_election_only_after_an_election_timeout_of_silence()
    {
        for (var seed = 1UL; seed <= 50; seed++)
        {
            var node = Make.Node(change: config => config with { Seed = seed });
            var (ticks, shortest) = (0, node.Config.ElectionTicks);
            for (; node.Raft.Role == Role.Follower; ticks++)
            {
                node.Tick();
            }

            Assert.InRange(ticks, shortest, (2 * shortest) - 1);
        }
    }

    [Fact] // 5.2
    public void Any_append_of_the_leader_begins_the_silence_anew()
    {
        var node = Make.Node();
        for (var i = 0; i < 20; i++)
        {
            node.Receive(Make.Append(2, term: 1, previous: 0, previousTerm: 0));
            node.Tick(node.Config.ElectionTicks - 1);
            Assert.Equal(Role.Follower, node.Raft.Role);
        }

        Assert.Equal(node.Config.ElectionTicks - 1, node.Raft.TicksSinceLeaderContact);
    }

    [Fact] // 9.3
    [Trait("Scenario", "2 timeouts_randomised_no_conflict")]
    public void Timeouts_of_different_seeds_differ_so_that_few_elections_conflict()
    {
        var conflicts = 0;
        for (var run = 0; run < 200; run++)
        {
            var cluster = new TestCluster(3, config => config with { Seed = (config.Seed * 7_919) + (ulong)run });
            cluster.TickUntil(() => cluster.Leaders.Any());
            conflicts += cluster.Delivered.OfType<RequestVote>().Select(vote => vote.From).Distinct().Count() - 1;
        }

        Assert.InRange(conflicts, 1, 60);
    }

    [Fact]
    [Trait("Scenario", "3 leader_elected_in_one_round")]
    public void Leader_is_elected_in_one_round()
    {
        var cluster = new TestCluster(5);
        cluster.TickUntil(() => cluster.Leaders.Any(), maxTicks: 60);
        Assert.Equal(1, cluster.Leaders.Single().Raft.HardState.Term);
        Assert.All(cluster.Nodes, node => Assert.Equal(cluster.Leaders.Single().Id, node.Raft.Leader));
    }

    [Fact] // 5.2
    [Trait("Scenario", "4 vote_once_per_term_survives_restart")]
    public void Vote_is_given_once_a_term_and_remembered_over_a_restart()
    {
        var node = Make.Node();
        node.Receive(Make.Vote(2, term: 5, lastIndex: 0, lastTerm: 0));
        Assert.True(node.TakeSent<RequestVoteReply>().Single().IsGranted);

        node.Receive(Make.Vote(3, term: 5, lastIndex: 9, lastTerm: 4));
        Assert.False(node.TakeSent<RequestVoteReply>().Single().IsGranted);

        node.Crash();
        node.Restart();
        node.Receive(Make.Vote(3, term: 5, lastIndex: 9, lastTerm: 4));
        Assert.False(node.TakeSent<RequestVoteReply>().Single().IsGranted);
        node.Receive(Make.Vote(2, term: 5, lastIndex: 0, lastTerm: 0));
        Assert.True(node.TakeSent<RequestVoteReply>().Single().IsGranted); // The same answer to the same question.
        Assert.Equal(new HardState(5, Make.Id(2)), node.Disk.HardState);
    }

    [Theory] // 5.4.1
    [Trait("Scenario", "5 vote_only_if_log_up_to_date")]
    [InlineData(3, 3, true)] // The same log.
    [InlineData(3, 4, true)] // Longer, and of a later term.
    [InlineData(1, 4, true)] // Shorter, but of a later term.
    [InlineData(2, 3, false)] // Shorter.
    [InlineData(9, 2, false)] // Longer, but of an earlier term.
    public void Vote_goes_only_to_a_log_that_is_up_to_date(long lastIndex, long lastTerm, bool isGranted)
    {
        var node = Make.Node(hardState: new HardState(3, null), log: [1, 2, 3]);
        node.Receive(Make.Vote(2, term: 6, lastIndex, lastTerm));
        var reply = node.TakeSent<RequestVoteReply>().Single();
        Assert.Equal((isGranted, 6L), (reply.IsGranted, reply.Term));
        Assert.Equal(new HardState(6, isGranted ? Make.Id(2) : null), node.Disk.HardState);
    }

    [Fact] // 5.2
    [Trait("Scenario", "6 candidate_yields_to_same_term_leader")]
    public void Candidate_yields_to_a_leader_of_its_own_term()
    {
        var node = Make.Node();
        Campaign(node);
        node.Receive(Make.Append(3, term: 1, previous: 0, previousTerm: 0));
        Assert.Equal((Role.Follower, Make.Id(3)), (node.Raft.Role, node.Raft.Leader));
        Assert.Equal(Make.Id(1), node.Raft.HardState.VotedFor); // Not forgotten: the term is the same.
    }

    [Fact] // 5.2
    [Trait("Scenario", "7 split_vote_resolves")]
    public void Split_vote_is_resolved_by_another_election()
    {
        var cluster = new TestCluster(4)
        {
            Lose = message => message is RequestVoteReply { IsPreVote: false, Term: 1 },
        };
        cluster.TickUntil(() => cluster.Leaders.Any());
        Assert.True(cluster.Leaders.Single().Raft.HardState.Term >= 2);
    }

    [Fact] // 5.2
    [Trait("Scenario", "8 dueling_candidates_higher_term_wins")]
    public void Of_duelling_candidates_the_higher_term_wins()
    {
        var node = Make.Node();
        Campaign(node);
        node.Receive(Make.Vote(2, term: 2, lastIndex: 0, lastTerm: 0));
        Assert.Equal((Role.Follower, 2L), (node.Raft.Role, node.Raft.HardState.Term));
        Assert.True(node.Sent<RequestVoteReply>().Last().IsGranted);
    }

    [Fact] // 5.1
    [Trait("Scenario", "9 stale_term_message_ignored_or_answered")]
    public void Messages_of_an_earlier_term_are_answered_with_the_present_one_and_change_nothing()
    {
        var node = Make.Node(hardState: new HardState(5, null), log: [5]);
        node.Receive(Make.Append(2, term: 4, previous: 0, previousTerm: 0, Make.Entries(1, 4), commit: 1));
        node.Receive(Make.Vote(2, term: 4, lastIndex: 9, lastTerm: 3));
        node.Receive(Make.PreVote(2, term: 4, lastIndex: 9, lastTerm: 3));
        node.Receive(Make.Piece(2, term: 4, new SnapshotMark(9, 3)));
        node.Receive(Make.VoteReply(2, term: 4, isGranted: true));
        node.Receive(new TimeoutNow(Make.Id(2), Make.Id(1), 4));

        Assert.Equal(4, node.Outbox.Count);
        Assert.All(node.Outbox, reply => Assert.Equal(5, reply.Term));
        Assert.DoesNotContain(node.Sent<RequestVoteReply>(), reply => reply.IsGranted);
        Assert.False(node.Sent<AppendEntriesReply>().Single().IsSuccess);
        Assert.False(node.Sent<InstallSnapshotReply>().Single().IsInstalled);
        Assert.Equal((0L, 5L, null), (node.Raft.CommitIndex, node.Raft.Log.LastTerm, node.Raft.Leader));
    }

    [Fact] // 5.2
    [Trait("Scenario", "18 self_vote_after_lost_election_ignored")]
    public void Votes_that_arrive_after_the_election_is_lost_count_for_nothing()
    {
        var node = Make.Node(voters: 5);
        Campaign(node);
        node.Receive(Make.VoteReply(2, term: 1, isGranted: false));
        node.Receive(Make.VoteReply(3, term: 1, isGranted: false));
        node.Receive(Make.VoteReply(4, term: 1, isGranted: false));
        Assert.Equal(Role.Follower, node.Raft.Role);

        node.Receive(Make.VoteReply(2, term: 1, isGranted: true));
        node.Receive(Make.VoteReply(5, term: 1, isGranted: true));
        node.Receive(new RequestVoteReply(Make.Id(1), Make.Id(1), 1, true, false)); // Its own, from outside.
        Assert.Equal(Role.Follower, node.Raft.Role);
    }

    [Fact]
    public void One_voter_counts_once_however_often_it_answers()
    {
        var node = Make.Node(voters: 5);
        Campaign(node);
        node.Receive(Make.VoteReply(2, term: 1, isGranted: true));
        node.Receive(Make.VoteReply(2, term: 1, isGranted: true));
        Assert.Equal(Role.Candidate, node.Raft.Role);
    }

    [Fact]
    [Trait("Scenario", "19 slow_voter_does_not_block_election")]
    public void Slow_voter_does_not_hold_up_an_election()
    {
        var cluster = new TestCluster(3);
        cluster.Isolate(3);
        cluster.Elect(1);
        Assert.Equal(1, cluster[1].Raft.HardState.Term);
    }

    [Fact]
    [Trait("Scenario", "20 newer_term_shorter_log_cannot_block_election")]
    public void Newer_term_with_a_shorter_log_cannot_block_an_election()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1).Propose("a", "b");
        cluster.Settle();
        cluster.Isolate(3);
        cluster[1].Propose("c");
        cluster.Settle();
        cluster.Crash(1);
        cluster[3].Step(new RaftInput.Received(new TimeoutNow(Make.Id(1), Make.Id(3), 1))); // Raises the term of n3.
        cluster.Heal();
        Assert.True(cluster[3].Raft.HardState.Term > cluster[2].Raft.HardState.Term);

        cluster.TickUntil(() => cluster.Leaders.Any(), maxTicks: 200);
        Assert.Equal(cluster[2], cluster.Leaders.Single());
    }

    [Fact] // 5.4.1
    [Trait("Scenario", "20 newer_term_shorter_log_cannot_block_election")]
    public void Requests_for_votes_that_are_refused_do_not_put_off_this_nodes_own_election()
    {
        var node = Make.Node(hardState: new HardState(3, null), log: [1, 2, 3]);
        var ticks = 0;
        for (; node.Raft.Role == Role.Follower; ticks++)
        {
            node.Receive(Make.Vote(2, term: 4 + ticks, lastIndex: 1, lastTerm: 1)); // Ever newer terms, a poor log.
            node.Tick();
        }

        Assert.InRange(ticks, node.Config.ElectionTicks, 2 * node.Config.ElectionTicks);
    }

    [Fact] // 5.2
    public void Only_voter_leads_and_commits_alone()
    {
        var node = Make.Node(voters: 1);
        node.Tick(2 * node.Config.ElectionTicks);
        Assert.Equal(Role.Leader, node.Raft.Role);
        Assert.Equal(1, node.Raft.CommitIndex);
        Assert.Equal(2, node.Propose("alone"));
        Assert.Equal(2, node.Raft.CommitIndex);
        Assert.Empty(node.Outbox);
    }

    /// <summary>Brings a node to where it asks for votes in the next term.</summary>
    private static void Campaign(TestNode node)
    {
        node.Tick(2 * node.Config.ElectionTicks);
        var term = node.Raft.HardState.Term + 1;
        for (var other = 2; node.Raft.Role == Role.PreCandidate; other++)
        {
            node.Receive(Make.PreVoteReply(other, term, isGranted: true));
        }

        Assert.Equal(Role.Candidate, node.Raft.Role);
    }
}
