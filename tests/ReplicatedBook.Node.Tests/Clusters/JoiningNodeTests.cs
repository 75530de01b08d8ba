using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Clusters;

/// <summary>Goal: a node that knows nobody becomes a member. Method: whole nodes in one process, real links.</summary>
public sealed class JoiningNodeTests
{
    private static readonly NodeId Fourth = new("n4");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Scenario", "72 add_node_from_empty_by_log_replay")]
    public async Task A_node_that_was_told_of_nobody_is_added_promoted_and_known_to_all()
    {
        const string Patient = "--Raft:ElectionTimeout=00:00:01";
        var members = Enumerable.Range(1, 3)
            .Select(k => new TestMember($"n{k}", TestNode.FreePort(), TestNode.FreePort())).ToArray();
        var cluster = $"join-{Environment.ProcessId}";
        var nodes = new List<TestNode>();
        try
        {
            foreach (var member in members)
            {
                nodes.Add(await TestNode.StartAsync([Patient], member.Id, members, cluster));
            }

            await nodes[0].Client.WaitUntilReadyAsync();
            (await nodes[0].Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);
            var fourth = new TestMember("n4", TestNode.FreePort(), TestNode.FreePort());
            nodes.Add(await TestNode.StartAsync(["--Cluster:Join=true", Patient], "n4", [fourth], cluster));

            var api = $"http://127.0.0.1:{fourth.HttpPort}";
            await ChangeAsync(nodes, new MembershipChange.AddLearner(
                Fourth, $"peer=127.0.0.1:{fourth.PeerPort};api={api}"));
            await UntilAsync(async () => (await nodes[3].Client.GetAsync("/livez"))["rb-role"] == "learner");
            Assert.Equal("learner", (await nodes[3].Client.GetAsync("/v1/node")).Expect(200).TextAt("role"));
            await RequireConditionAsync(nodes);
            await ChangeAsync(nodes, new MembershipChange.Promote(Fourth));

            await nodes[3].Client.WaitUntilReadyAsync();
            foreach (var node in nodes)
            {
                await UntilAsync(() => LogOf(node).Status.Voters.Count == 4);
                var shown = (await node.Client.GetAsync("/v1/cluster")).Expect(200);
                Assert.Equal(api, shown.TextAt("members", "3", "api"));
                Assert.Equal("n4", shown.TextAt("members", "3", "node_id"));
            }

            Assert.NotEqual("learner", (await nodes[3].Client.GetAsync("/livez"))["rb-role"]);
            (await nodes[3].Client.PostAsync("/v1/assets", """{"asset":"EUR","scale":2}""")).Expect(201);
            Assert.Equal(Wholeness.Whole, LogOf(nodes[3]).Status.Wholeness);
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }

    /// <summary>All nodes name the members alike, and a change for other members is refused at each.</summary>
    private static async Task RequireConditionAsync(List<TestNode> nodes)
    {
        var tag = "";
        foreach (var node in nodes)
        {
            await UntilAsync(() => LogOf(node).Status.Members.Count == 4);
            var shown = (await node.Client.GetAsync("/v1/cluster")).Expect(200)["etag"];
            Assert.Equal(tag.Length == 0 ? shown : tag, shown);
            tag = shown;
        }

        foreach (var node in nodes)
        {
            await UntilAsync(async () =>
            {
                var refused = await node.Client.DeleteAsync(
                    "/v1/cluster/members/n4", ("If-Match", "\"0123456789abcdef\""));
                return (int)refused.Status == 412;
            });
        }
    }

    private static IReplicatedLog LogOf(TestNode node) => node.Services.GetRequiredService<IReplicatedLog>();

    private static async Task ChangeAsync(List<TestNode> nodes, MembershipChange change)
    {
        MembershipOutcome outcome = default;
        await UntilAsync(async () =>
        {
            var leader = nodes.Find(node => LogOf(node).Status.Role == Role.Leader);
            outcome = leader is null
                ? MembershipOutcome.Refused(MembershipRefusal.NotLeader)
                : await LogOf(leader).ChangeMembershipAsync(change, Cancellation);
            return outcome.Refusal is not (MembershipRefusal.NotLeader or MembershipRefusal.NotReady
                or MembershipRefusal.NotCaughtUp or MembershipRefusal.Unsafe);
        });
        Assert.Equal(MembershipResult.Done, outcome.Result);
    }

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await holds())
        {
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }
}
