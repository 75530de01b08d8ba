using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Unavailable;

/// <summary>Goal: a node whose state is not the majority's shows it to nobody, and says why. Method: real HTTP, a
/// status as the replica gives it then.</summary>
public sealed class DivergedNodeTests : ScriptedNodeTests
{
    private static readonly Digest Own = new(1, 2, 3, 4);
    private static readonly Digest Theirs = new(5, 6, 7, 8);

    [Theory]
    [InlineData("/v1/assets")]
    [InlineData("/v1/assets?consistency=weak")]
    [InlineData("/v1/node/state?part=assets")]
    [InlineData("/v1/feed")]
    public async Task A_read_is_refused(string path)
    {
        Diverge();

        var answer = await Node.Client.GetAsync(path);

        answer.ExpectProblem(503, "shutting_down");
        Assert.Contains("diverged", answer.TextAt("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_is_refused_and_goes_nowhere_though_a_leader_were_known()
    {
        Diverge();

        var answer = await Node.Client.PostAsync(Accounts, "{}");

        ExpectRefusal(answer, 503, "shutting_down", "not_executed", isRetryable: true);
        Assert.Contains("diverged", answer.TextAt("detail"), StringComparison.Ordinal);
        Assert.Empty(Node.Log.Proposed);
        Assert.Empty(Node.Peers.Calls);
    }

    [Fact]
    public async Task It_is_not_ready_and_names_the_check_and_still_shows_its_digest()
    {
        Diverge();

        var ready = await Node.Client.GetAsync("/readyz");
        var node = (await Node.Client.GetAsync("/v1/node")).Expect(200);

        Assert.Equal(503, (int)ready.Status);
        Assert.Contains("[-]agreement failed\n", ready.Text, StringComparison.Ordinal);
        Assert.Contains(Theirs.ToString(), node.TextAt("diverged"), StringComparison.Ordinal);
        Assert.Equal(2, node.At("digest_mismatches").GetInt64());
        (await Node.Client.GetAsync("/livez")).Expect(200);
    }

    private void Diverge()
    {
        Node.Follow("n2");
        Node.Log.Status = Node.Log.Status with
        {
            DigestMismatches = 2,
            Divergence = new Divergence(
                DivergenceCause.Outvoted, 38,
                [
                    new Difference(new NodeId("n2"), 38, Own, Theirs, IsStateHash: false),
                    new Difference(new NodeId("n3"), 39, Own, Theirs, IsStateHash: false),
                ]),
        };
    }
}
