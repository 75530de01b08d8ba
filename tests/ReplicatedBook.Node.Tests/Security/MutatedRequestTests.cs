using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;
using Microsoft.Extensions.DependencyInjection;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: whatever is sent, no 5xx, no crash, and nothing in the log but what was let in. Method: requests for
/// all routes, most of them damaged in one place or several, drawn from a seed, of all kinds of callers; several nodes
/// side by side, each asked one request after another, so that every step of its log has one cause.</summary>
public sealed class MutatedRequestTests
{
    private const int Requests = 50_000;
    private const int Nodes = 4;
    private const int Seed = 20261122;

    [Fact]
    public async Task No_request_harms_a_node_and_only_those_let_in_reach_its_log()
    {
        var lanes = Enumerable.Range(0, Nodes).Select(lane => RunAsync(Seed + lane, Requests / Nodes)).ToArray();

        var letIn = await Task.WhenAll(lanes);

        Assert.All(letIn, count => Assert.InRange(count, Requests / Nodes / 100, Requests / Nodes / 2));
    }

    /// <summary>Sends requests to a node of their own.</summary>
    /// <returns>How many writes were accepted.</returns>
    private static async Task<int> RunAsync(int seed, int count)
    {
        await using var node = await (await GuardedNode.StartAsync(
            "--Rates:Admin=1000000", "--Rates:Orders=1000000", "--Rates:Reads=1000000",
            "--Rates:Credentials=1000000")).WithMarketsAsync();
        await node.OpenAccountAsync(GuardedNode.Admin);
        await node.OpenAccountAsync(GuardedNode.Alice);
        var mutations = new RequestMutations(new Random(seed));
        var letIn = 0;
        for (var i = 0; i < count; i++)
        {
            var request = mutations.Next();
            var before = node.Node.AppliedIndex;
            using var message = request.ToMessage(node.Client.Http.BaseAddress!);
            using var response = await node.Client.Http.SendAsync(message);
            var answer = await Answer.ReadAsync(response);

            var what = $"seed {seed}, request {i}, {request}: {(int)answer.Status} {answer.Text}";
            Assert.True((int)answer.Status < 500 || IsAloneInTheCluster(request, answer), what);
            var isRefused = (int)answer.Status >= 400 && IsNotExecuted(answer);
            if (isRefused || request.Method is "GET" or "HEAD")
            {
                Assert.True(await NothingOfClientsSinceAsync(node.Node, before), what);
            }

            letIn += (int)answer.Status is 200 or 201 && request.Method is not ("GET" or "HEAD") ? 1 : 0;
        }

        (await node.Client.GetAsync("/readyz")).Expect(200);
        var conservation = await node.Client.GetAsync("/v1/audit/conservation", GuardedNode.Auditor);
        Assert.True(conservation.Expect(200).At("ok").GetBoolean(), conservation.Text);
        return letIn;
    }

    // With nobody else there, leadership cannot be handed over, which is said after some time.
    private static bool IsAloneInTheCluster(MutatedRequest request, Answer answer) =>
        request.Path.Split('?')[0] == "/v1/cluster/leader" && answer.Code == "no_quorum";

    // What Kestrel refuses by itself has no body.
    private static bool IsNotExecuted(Answer answer) => answer.Bytes.Length == 0 || answer.Outcome == "not_executed";

    /// <summary>Whether the log has gone on by nothing, or by what the node does by itself.</summary>
    private static async Task<bool> NothingOfClientsSinceAsync(TestNode node, long index)
    {
        if (node.AppliedIndex == index)
        {
            return true;
        }

        var entries = await node.Services.GetRequiredService<IReplicaReader>().ReadLogAsync(
            index + 1, 100, TestContext.Current.CancellationToken);
        return entries!.All(entry => entry.Command is CommandKind.RecordAudit or CommandKind.Tick);
    }
}
