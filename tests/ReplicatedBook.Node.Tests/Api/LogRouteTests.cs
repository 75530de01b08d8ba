using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class LogRouteTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Every_applied_entry_is_shown_as_it_stands_in_the_log()
    {
        var created = (await node.Client.PostAsync("/v1/accounts", """{"label":"shown"}""")).Expect(201);

        var entry = (await node.Client.GetAsync($"/v1/node/log?from_index={created.Index}&limit=1")).Expect(200);

        Assert.Equal(created.Index, entry.At("items", "0", "index").GetInt64());
        Assert.Equal("command", entry.TextAt("items", "0", "kind"));
        Assert.Equal("create_account", entry.TextAt("items", "0", "type"));
        Assert.Equal(created.TextAt("receipt", "committed_at"), entry.TextAt("items", "0", "time"));
        Assert.Equal(created.TextAt("receipt", "digest"), entry.TextAt("items", "0", "digest"));
        Assert.True(Convert.FromBase64String(entry.TextAt("items", "0", "bytes")!).AsSpan().IndexOf("shown"u8) > 0);
        Assert.Equal(created.Index + 1, entry.At("next_index").GetInt64());
    }

    [Fact]
    public async Task Pages_join_without_a_gap_and_end_with_what_is_applied()
    {
        await node.NewAccountAsync();
        var indexes = new List<long>();
        var (next, applied) = (1L, node.Node.AppliedIndex);
        while (next <= applied)
        {
            var page = (await node.Client.GetAsync($"/v1/node/log?from_index={next}&limit=2")).Expect(200);
            indexes.AddRange(page.At("items").EnumerateArray().Select(item => item.GetProperty("index").GetInt64()));
            next = page.At("next_index").GetInt64();
        }

        Assert.Equal(Enumerable.Range(1, (int)applied).Select(index => (long)index), indexes);
        Assert.Equal("no_op", (await node.Client.GetAsync("/v1/node/log")).Expect(200).TextAt("items", "0", "kind"));
        var beyond = (await node.Client.GetAsync($"/v1/node/log?from_index={applied + 99}")).Expect(200);
        Assert.Equal(0, beyond.At("items").GetArrayLength());
    }

    [Fact]
    public async Task What_was_compacted_is_told_with_where_the_log_begins()
    {
        await using var scripted = await ScriptedNode.StartAsync();
        scripted.Reader.OldestIndex = 40;

        var refused = (await scripted.Client.GetAsync("/v1/node/log?from_index=2"))
            .ExpectProblem(410, "index_compacted");

        Assert.Equal(scripted.Log.Status.FirstLogIndex, refused.At("oldest_index").GetInt64());
    }
}
