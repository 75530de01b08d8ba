using System.Security.Cryptography;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class SnapshotRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task A_snapshot_taken_now_is_durable_and_of_the_state_that_the_digest_names()
    {
        await node.NewAccountAsync();

        var taken = (await node.Client.PostAsync("/v1/cluster/snapshots", "")).Expect(201);

        var index = taken.At("index").GetInt64();
        Assert.Equal($"{index}-{taken.At("term").GetInt64()}", taken.TextAt("snapshot_id"));
        Assert.Equal("n1", taken.TextAt("node_id"));
        var digest = (await node.Client.GetAsync($"/v1/node/digest?at_index={index}&state_hash=true&timeout_ms=10000"))
            .Expect(200);
        Assert.Equal(digest.TextAt("state_hash"), taken.TextAt("state_hash"));
        Assert.Equal(
            index, (await node.Client.GetAsync("/v1/node")).Expect(200).At("snapshot_index").GetInt64());
    }

    [Fact]
    public async Task Without_anything_new_the_newest_snapshot_is_given_again()
    {
        await node.NewAccountAsync();
        var first = (await node.Client.PostAsync("/v1/cluster/snapshots", "")).Expect(201);
        var second = (await node.Client.PostAsync("/v1/cluster/snapshots", "")).Expect(201);

        Assert.Equal(first.Text, second.Text);
    }

    [Fact]
    public async Task The_two_newest_are_listed_and_can_be_downloaded_with_their_digest()
    {
        for (var i = 0; i < 3; i++)
        {
            await node.NewAccountAsync();
            (await node.Client.PostAsync("/v1/cluster/snapshots", "")).Expect(201);
        }

        var items = (await node.Client.GetAsync("/v1/cluster/snapshots")).Expect(200).At("items");

        Assert.Equal(2, items.GetArrayLength());
        Assert.True(items[0].GetProperty("index").GetInt64() > items[1].GetProperty("index").GetInt64());
        foreach (var item in items.EnumerateArray())
        {
            var id = item.GetProperty("snapshot_id").GetString();
            var content = (await node.Client.GetAsync($"/v1/cluster/snapshots/{id}/content")).Expect(200);
            Assert.Equal("application/octet-stream", content["content-type"]);
            Assert.Equal(item.GetProperty("bytes").GetInt64(), content.Bytes.Length);
            Assert.Equal(
                $"sha-256=:{Convert.ToBase64String(SHA256.HashData(content.Bytes))}:", content["content-digest"]);
        }
    }

    [Theory]
    [InlineData("1-1")]
    [InlineData("x")]
    [InlineData("99999999999999999999-1")]
    public async Task A_snapshot_that_is_not_kept_is_not_found(string id) =>
        (await node.Client.GetAsync($"/v1/cluster/snapshots/{id}/content")).ExpectProblem(404, "not_found");

    [Fact]
    public async Task A_snapshot_that_is_not_durable_in_time_is_an_unknown_outcome()
    {
        await using var scripted = await ScriptedNode.StartAsync();
        scripted.Snapshots.Hangs = true;

        (await scripted.Client.PostAsync("/v1/cluster/snapshots?timeout_ms=20", ""))
            .ExpectProblem(504, "outcome_unknown", "unknown");
    }

    [Fact]
    public async Task A_node_that_stops_or_has_nothing_takes_no_snapshot()
    {
        await using var scripted = await ScriptedNode.StartAsync();
        (await scripted.Client.PostAsync("/v1/cluster/snapshots", "")).ExpectProblem(503, "shutting_down");

        scripted.Log.Status = scripted.Log.Status with { AppliedIndex = 0 };
        (await scripted.Client.PostAsync("/v1/cluster/snapshots", "")).ExpectProblem(503, "index_not_reached");
    }
}
