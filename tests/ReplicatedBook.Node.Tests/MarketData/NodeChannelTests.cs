using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>Goal: a node as it is put together tells what its HTTP interface tells.</summary>
public sealed class NodeChannelTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task A_book_has_the_checksum_of_the_http_interface()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        await using var book = await OpenAsync($"book:{symbol}?depth=1");
        await book.NextAsync();
        await node.PlaceAsync(account, symbol, "buy", "10", "1");
        await book.NextAsync();

        var answer = await node.Client.GetAsync($"/v1/instruments/{symbol}/book?depth=1");

        Assert.Equal(
            answer.Json.GetProperty("checksum").GetUInt32(),
            JsonDocument.Parse(book.Last.Data).RootElement.GetProperty("checksum").GetUInt32());
        var metrics = await node.Client.GetAsync("/metrics");
        Assert.Contains("rb_feed_subscribers{transport=\"websocket\"} 1", metrics.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cluster_is_told_of_again_and_again()
    {
        await using var cluster = await OpenAsync("cluster");
        for (var turn = 0; turn < 3; turn++)
        {
            await cluster.NextAsync();
            var told = JsonDocument.Parse(cluster.Last.Data).RootElement;
            Assert.Equal("n1", told.GetProperty("leader").GetString());
        }
    }

    [Fact]
    public async Task The_feed_is_told_entry_by_entry()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        await using var feed = await OpenAsync($"feed?instrument={symbol}&types=order_accepted");
        await feed.NextAsync();
        await node.PlaceAsync(account, symbol, "buy", "10", "1");
        await feed.NextAsync();

        var item = JsonDocument.Parse(feed.Last.Data).RootElement[0];
        Assert.Equal("order_accepted", item.GetProperty("type").GetString());
        Assert.Equal(feed.Last.Index, item.GetProperty("index").GetInt64());
    }

    private async Task<ReadChannel> OpenAsync(string name)
    {
        var channels = node.Node.Services.GetRequiredService<Channels>();
        var (channel, refusal) = await channels.OpenAsync(
            name, Caller.Local(null), TestContext.Current.CancellationToken);
        Assert.Null(refusal);
        return new ReadChannel(channel!, null);
    }
}
