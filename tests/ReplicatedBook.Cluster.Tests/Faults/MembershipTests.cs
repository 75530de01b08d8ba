using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: members come and go under load, and nothing that was acknowledged is lost. Method: real processes and
/// the command line; one new node is brought level by the log, one by a snapshot, and each says so.</summary>
public sealed class MembershipTests
{
    private const int Some = 150;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("log", "--Snapshot:EveryEntries=100000000")]
    [InlineData("snapshot", "--Snapshot:EveryEntries=100", "--Snapshot:KeepEntries=10")]
    public async Task A_node_joins_under_load_and_takes_the_place_of_a_follower_and_of_the_leader(
        string caughtUpBy, params string[] flags)
    {
        await using var cluster = await ClusterProcesses.StartAsync(3, flags);
        var endpoints = string.Join(',', cluster.Endpoints.Select(endpoint => endpoint.Authority));
        var traffic = await Traffic.StartAsync(cluster);
        await traffic.ProgressAsync(3 * Some);
        await using var joining = new JoiningNode(cluster, "n4", flags);

        var added = await RbProcess.RunAsync(
            "member", "add", joining.Name, "--peer", joining.Peer, "--api", joining.Api, "--wait", "--endpoint",
            endpoints, "--timeout", "60");
        Assert.True(added.ExitCode == 0, $"{added.Error}\n{joining.Log}");
        Assert.Contains($"n4 caught up by {caughtUpBy} at index", added.Output);

        var again = await RbProcess.RunAsync(
            "member", "add", joining.Name, "--peer", joining.Peer, "--api", joining.Api, "--endpoint", endpoints);
        Assert.True(again.ExitCode == 1 && again.Error.Contains("already_exists"), $"{again}");
        await UntilDoneAsync("promote", joining.Name, endpoints);
        await traffic.ProgressAsync(Some);

        var leader = await LeaderAsync(cluster);
        var follower = cluster.Names.First(name => name != leader);
        await UntilDoneAsync("remove", follower, endpoints);
        await cluster.KillAsync(follower);
        await traffic.ProgressAsync(Some);

        // The one that leads now, the new node perhaps; then it is the last old follower that goes.
        leader = await LeaderAsync(cluster);
        var leaving = leader == joining.Name ? cluster.Running.First() : leader;
        await UntilDoneAsync("remove", leaving, endpoints);
        await cluster.KillAsync(leaving);
        await traffic.ProgressAsync(Some);

        await traffic.StopAsync();
        await Judgement.PassAsync(cluster, traffic, joining.Endpoint);
        var members = await cluster.At(cluster.Running.Single()).GetClusterAsync();
        Assert.Equal(
            [.. cluster.Running, joining.Name],
            members.Require().Members.Where(member => member.Voter).Select(member => member.NodeId));
    }

    /// <summary>Who leads, as the old nodes know it.</summary>
    private static Task<string> LeaderAsync(ClusterProcesses cluster) => Patience.UntilAsync(
        async () =>
        {
            foreach (var name in cluster.Running)
            {
                if ((await cluster.At(name).GetClusterAsync()).Value?.Leader is { } leader)
                {
                    return leader;
                }
            }

            return null;
        },
        Limit, () => "no node knows who leads");

    /// <summary>What was refused because the others were not heard from lately, or lag, is asked for again.</summary>
    private static Task UntilDoneAsync(string change, string node, string endpoints)
    {
        RbResult? last = null;
        return Patience.UntilAsync(
            async () =>
            {
                last = await RbProcess.RunAsync("member", change, node, "--endpoint", endpoints);
                var mayPass = last.ExitCode == 3 || last.Error.Contains("unsafe_membership_change");
                Assert.True(last.ExitCode == 0 || mayPass, $"{change} {node}: {last}");
                return last.ExitCode == 0 ? last : null;
            },
            Limit, () => $"{change} {node}: {last}");
    }
}
