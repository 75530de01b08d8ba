using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Cluster.Tests.Chaos.Faults;

/// <content>A node joins, is promoted and is removed again; half of the time the leader is killed meanwhile. Every
/// other time the leader is removed, and added again.</content>
internal sealed partial class FaultRunner
{
    private int _guests;
    private int _changes;

    private Task ChangeMembershipAsync(RandomStream chance) =>
        ++_changes % 2 == 0 ? RemoveLeaderAsync() : ReceiveGuestAsync(chance);

    private async Task RemoveLeaderAsync()
    {
        var leaving = await cluster.LeaderAsync();
        var member = cluster.MemberOf(leaving);
        try
        {
            await ChangeAsync(
                HttpMethod.Delete, $"v1/cluster/members/{leaving}", null, found => Member(found, leaving) is null,
                leaving);
            await ProgressAsync("without the leader that was removed");
            await ChangeAsync(
                HttpMethod.Post, "v1/cluster/members", Description(member), found => Member(found, leaving) is not null,
                leaving);
            var index = (await cluster.ProbeNodesAsync(leaving)).Max(node => node.CommitIndex);
            await CaughtUpAsync(leaving, index);
            await ChangeAsync(
                HttpMethod.Post, $"v1/cluster/members/{leaving}/promote", null,
                found => Member(found, leaving) is { Voter: true }, leaving);
            await SameDigestAsync(leaving);
            tally.Note("leaders removed and added again");
        }
        catch (TimeoutException failure)
        {
            violations.Add("membership", $"{failure.Message}\n{cluster.LogOf(leaving)}");
        }
    }

    private async Task ReceiveGuestAsync(RandomStream chance)
    {
        var guest = cluster.AddGuest(
            $"guest{++_guests}", links.Route, "--Snapshot:EveryEntries=3000", "--Snapshot:KeepEntries=500");
        cluster.Start(guest.Name);
        try
        {
            await ChangeAsync(
                HttpMethod.Post, "v1/cluster/members", Description(guest),
                found => Member(found, guest.Name) is not null);
            var index = (await cluster.ProbeNodesAsync(guest.Name)).Max(node => node.CommitIndex);
            await CaughtUpAsync(guest.Name, index);
            if (chance.Chance(500))
            {
                var leader = await cluster.LeaderAsync();
                await cluster.KillAsync(leader);
                cluster.Start(leader);
                tally.Note("leaders killed during a change of the membership");
            }

            await ChangeAsync(
                HttpMethod.Post, $"v1/cluster/members/{guest.Name}/promote", null,
                found => Member(found, guest.Name) is { Voter: true });
            await ProgressAsync("with one more voter");
            await SameDigestAsync(guest.Name);
            tally.Note("guests that joined, voted and left");
            await ChangeAsync(
                HttpMethod.Delete, $"v1/cluster/members/{guest.Name}", null,
                found => Member(found, guest.Name) is null);
        }
        catch (TimeoutException failure)
        {
            violations.Add("membership", $"{failure.Message}\n{cluster.LogOf(guest.Name)}");
        }
        finally
        {
            await cluster.KillAsync(guest.Name);
        }
    }

    /// <summary>Asks one node after another until the membership is as wanted; a change that is under way, or a leader
    /// that is new, may refuse for a while.</summary>
    /// <param name="except">A node that does not count: one that is removed does not know what came after.</param>
    private Task ChangeAsync(
        HttpMethod method, string path, string? body, Func<ClusterResponse, bool> isDone, string? except = null)
    {
        var (asked, last) = (0, "");
        string[] names = [.. cluster.Names.Where(name => name != except)];
        return Patience.UntilAsync(
            async () =>
            {
                var name = names[asked++ % names.Length];
                last = $"{await routes.SendAsync(cluster.Endpoint(name), method, path, body)}";
                var found = await cluster.At(name).GetClusterAsync();
                return found.Value is { } membership && isDone(membership) ? membership : null;
            },
            StoryLimit, () => $"{method} {path} has no effect, last answer {last}");
    }

    private Task CaughtUpAsync(string node, long index) => Patience.UntilAsync(
        async () => (await cluster.At(node).GetNodeAsync()).Value is { } found && found.AppliedIndex >= index
            ? found
            : null,
        StoryLimit, () => $"{node} does not come to {index}");

    private async Task SameDigestAsync(string node)
    {
        var own = (await cluster.At(node).GetDigestAsync()).Value;
        var other = own is null ? null : (await cluster.Client.GetDigestAsync(own.Index)).Value;
        violations.Require(
            own is null || other is null || own.Digest == other.Digest, "replica_hashes", () => $"{own} and {other}");
    }

    private static string Description(NodeMember member) =>
        $$"""
        {"node_id":"{{member.Name}}","peer":"127.0.0.1:{{member.PeerPort}}",
         "api":"{{member.Endpoint.GetLeftPart(UriPartial.Authority)}}"}
        """;

    private static MemberResponse? Member(ClusterResponse? cluster, string name) =>
        cluster?.Members.FirstOrDefault(member => member.NodeId == name);
}
