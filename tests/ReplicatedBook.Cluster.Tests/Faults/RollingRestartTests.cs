using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: nodes can be replaced by newer ones without anybody noticing. Method: each node is stopped in good
/// order and started again under load, by clients that repeat with their key.</summary>
public sealed class RollingRestartTests
{
    private const int BetweenStops = 100;

    [Fact]
    [Trait("FieldReport", "committed write lost over a graceful restart")]
    public async Task No_client_that_repeats_with_its_key_sees_an_error()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        var writers = await KeyedWriters.StartAsync(cluster);
        foreach (var name in cluster.Names)
        {
            await writers.ProgressAsync(BetweenStops);
            await cluster.StopAsync(name);
            Assert.Equal(0, cluster.ExitCode(name)); // It did not have to be killed.
            await writers.ProgressAsync(BetweenStops);
            cluster.Start(name);
            await cluster.WaitReadyAsync();
        }

        await writers.ProgressAsync(BetweenStops);
        await writers.JudgeAsync();
    }

    [Fact]
    public async Task A_leader_that_is_stopped_in_good_order_hands_over_before_it_goes()
    {
        // So long that without a hand-over the next leader would be missed for as long.
        await using var cluster = await ClusterProcesses.StartAsync(
            3, "--Raft:ElectionTimeout=00:00:04", "--Raft:HeartbeatInterval=00:00:00.2");
        var leader = await cluster.LeaderAsync();
        var term = (await cluster.At(leader).GetNodeAsync()).Require().Term;
        await cluster.StopAsync(leader);

        var log = cluster.LogOf(leader);
        Assert.True(log.Contains("handed leadership over: True", StringComparison.Ordinal), log);
        var next = await cluster.LeaderAsync(except: leader);
        Assert.Equal(term + 1, (await cluster.At(next).GetNodeAsync()).Require().Term);
    }

    [Fact]
    [Trait("Scenario", "79 forward_to_leader_retries_on_leader_change")]
    public async Task A_write_at_a_follower_outlives_the_leader_it_was_sent_to()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        (await cluster.Client.CreateAssetAsync(new() { Asset = "USD", Scale = 2 })).Require();
        for (var round = 0; round < 3; round++)
        {
            var leader = await cluster.LeaderAsync();
            var follower = cluster.Client.At(
                cluster.Endpoint(cluster.Names.First(name => name != leader)), TimeSpan.FromSeconds(20));
            var killing = cluster.KillAsync(leader);
            var writes = Enumerable.Range(0, 50)
                .Select(i => follower.CreateAccountAsync(new() { Label = $"{round} {i}" })).ToArray();
            foreach (var outcome in await Task.WhenAll(writes))
            {
                Assert.True(outcome.IsCommitted, outcome.Describe());
                Assert.Equal(1, outcome.Attempts);
            }

            await killing;
            cluster.Start(leader);
            await cluster.WaitReadyAsync();
        }

        var accounts = (await cluster.Client.ListAccountsAsync(ReadOptions.Strong)).Require().Items;
        Assert.Equal(150, accounts.Count);
        Assert.Equal(150, accounts.Select(account => account.Label).Distinct().Count());
    }
}
