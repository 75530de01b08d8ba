using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>What users of other engines met in production, as far as consensus could cause it.</summary>
public sealed class FieldReportTests
{
    [Fact]
    [Trait("FieldReport", "committed write lost over a graceful restart")]
    public void What_was_committed_is_committed_again_after_all_nodes_restart()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1).Propose("a", "b", "c");
        cluster.Tick(5);
        for (var round = 0; round < 5; round++)
        {
            for (var number = 1; number <= 3; number++)
            {
                cluster.Crash(number);
                cluster.Restart(number);
            }

            cluster.TickUntil(() => cluster.Leaders.Any(leader => leader.Raft.HasCommittedInTerm), maxTicks: 300);
            Assert.Equal("a"u8.ToArray(), cluster.Leaders.Single().Raft.Log.EntryAt(2).Payload.ToArray());
        }

        cluster.Tick(20);
        cluster.RequireSameLogs();
    }

    [Fact]
    [Trait("FieldReport", "no progress after many leader changes")]
    public void Cluster_goes_on_after_very_many_changes_of_the_leader()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        for (var change = 0; change < 200; change++)
        {
            var leader = cluster.Leaders.Single();
            leader.Step(new RaftInput.TransferLeadership(Make.Id(1 + ((change * 7) % 3))));
            cluster.Tick(6);
            Assert.True(cluster.Leaders.Single().Propose($"{change}") > 0);
            cluster.Tick(2);
        }

        cluster.Tick(5);
        cluster.RequireSameLogs();
        Assert.True(cluster[1].Raft.CommitIndex > 200);
    }

    [Fact]
    [Trait("FieldReport", "latency rises when a minority is down (black-holed, not refused)")]
    public void Black_holed_minority_adds_no_wait_to_a_commit()
    {
        var cluster = new TestCluster(5);
        cluster.Elect(1);
        cluster.Isolate(4);
        cluster.Isolate(5);
        cluster.Tick(2 * cluster[1].Config.ElectionTicks);
        for (var i = 0; i < 500; i++)
        {
            var index = cluster[1].Propose($"{i}");
            cluster.Settle(); // Not a clock tick passes.
            Assert.Equal(index, cluster[1].Raft.CommitIndex);
        }
    }

    [Theory]
    [Trait("FieldReport", "endless elections when all nodes start at once")]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void Nodes_that_start_at_once_soon_have_one_leader(int size)
    {
        for (var round = 0; round < 20; round++)
        {
            var cluster = new TestCluster(size, config => config with { Seed = config.Seed + ((ulong)round * 1_000) });
            cluster.TickUntil(() => cluster.Leaders.Any(), maxTicks: 10 * cluster[1].Config.ElectionTicks);
            cluster.Tick(20);
            Assert.Single(cluster.Leaders);
            Assert.InRange(cluster.Leaders.Single().Raft.HardState.Term, 1, 4);
        }
    }

    [Fact]
    [Trait("Scenario", "54 disk_stall_on_minority_does_not_raise_p99")]
    [Trait("FieldReport", "a hung node hangs the leader")]
    public void Node_whose_disk_hangs_holds_up_neither_commits_nor_reads()
    {
        var cluster = new TestCluster(3);
        cluster.Elect(1);
        cluster[3].IsDiskFast = false;
        for (var i = 1; i <= 200; i++)
        {
            var index = cluster[1].Propose($"{i}");
            cluster.Settle();
            Assert.Equal(index, cluster[1].Raft.CommitIndex);
            cluster[1].Read(i);
            cluster.Settle();
            Assert.Equal(new ReadResult(i, index), cluster[1].Reads[^1]);
        }

        cluster[3].IsDiskFast = true;
        cluster[3].FinishWrites();
        cluster.Tick(30);
        cluster.RequireSameLogs();
    }
}
