using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class FeedRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Pages_give_every_event_once_in_order_with_entries_whole()
    {
        await TradeAsync();
        var seen = new List<(long Index, int Seq)>();
        var next = 0L;
        for (var head = long.MaxValue; next <= head;)
        {
            var page =
                (await node.Client.GetAsync(next == 0 ? "/v1/feed?limit=3" : $"/v1/feed?from_index={next}&limit=3"))
                .Expect(200);
            foreach (var item in page.At("items").EnumerateArray())
            {
                seen.Add((item.GetProperty("index").GetInt64(), item.GetProperty("seq").GetInt32()));
            }

            next = page.At("next_index").GetInt64();
            head = page.At("head_index").GetInt64();
        }

        Assert.Equal(seen.Order(), seen);
        Assert.Equal(seen.Distinct(), seen);
        foreach (var entry in seen.GroupBy(item => item.Index))
        {
            Assert.Equal(Enumerable.Range(0, entry.Count()), entry.Select(item => item.Seq));
        }
    }

    [Fact]
    public async Task A_trade_is_told_with_names_and_decimals_and_closed_by_batch_end()
    {
        var (symbol, index) = await TradeAsync();

        var page = (await node.Client.GetAsync($"/v1/feed?from_index={index}")).Expect(200);

        var types = page.At("items").EnumerateArray().Select(item => item.GetProperty("type").GetString()).ToList();
        Assert.Equal(["order_accepted", "trade", "batch_end"], types.Where(type => type != "balance_changed"));
        var trade = page.At("items").EnumerateArray().Single(item =>
            item.GetProperty("type").GetString() == "trade").GetProperty("data");
        Assert.Equal(symbol, trade.GetProperty("instrument").GetString());
        Assert.Equal(("10.00", "1.0000", "buy"), (
            trade.GetProperty("price").GetString(), trade.GetProperty("quantity").GetString(),
                trade.GetProperty("taker_side").GetString()));
        Assert.Equal(types.Count - 1, page.At("items", $"{types.Count - 1}", "data", "events").GetInt32());
    }

    [Fact]
    public async Task Filters_leave_only_what_was_asked_for()
    {
        var (symbol, _) = await TradeAsync();

        var trades = (await node.Client.GetAsync($"/v1/feed?types=trade&instrument={symbol}")).Expect(200);
        var account = trades.TextAt("items", "0", "data", "taker_account_id");
        var own = (await node.Client.GetAsync($"/v1/feed?types=order_accepted,order_canceled&account_id={account}"))
            .Expect(200);

        Assert.Equal(1, trades.At("items").GetArrayLength());
        Assert.All(own.At("items").EnumerateArray(), item =>
            Assert.Equal(account, item.GetProperty("data").GetProperty("account_id").GetString()));
        Assert.NotEqual(0, own.At("items").GetArrayLength());
    }

    [Theory]
    [InlineData("types=nonsense", 400, "invalid_query")]
    [InlineData("from_index=-1", 400, "invalid_query")]
    [InlineData("limit=0", 400, "invalid_query")]
    [InlineData("instrument=NONE", 404, "not_found")]
    [InlineData("account_id=x!", 400, "invalid_field")]
    [InlineData("account_id=x", 404, "not_found")]
    [InlineData("from_index=0", 410, "index_compacted")]
    public async Task Bad_feed_parameters_are_refused(string query, int status, string code) =>
        (await node.Client.GetAsync($"/v1/feed?{query}")).ExpectProblem(status, code);

    [Fact]
    public async Task A_stream_of_server_sent_events_resumes_after_the_last_id()
    {
        var (_, index) = await TradeAsync();
        using var stream = await OpenAsync($"/v1/feed?from_index={index}", "text/event-stream");
        var ids = new List<string>();
        while (await stream.ReadLineAsync() is { } line && ids.Count < 2)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                ids.Add(line[4..]);
            }
        }

        using var resumed = await OpenAsync("/v1/feed?from_index=1", "text/event-stream", ("Last-Event-ID", ids[0]));

        Assert.Equal($"{index}.0", ids[0]);
        Assert.Equal($"id: {ids[1]}", await resumed.ReadLineAsync());
        (await node.Client.GetAsync("/v1/feed", ("Accept", "text/event-stream"), ("Last-Event-ID", "x")))
            .ExpectProblem(400, "invalid_query");
        (await node.Client.GetAsync("/v1/feed?limit=5", ("Accept", "text/event-stream")))
            .ExpectProblem(400, "invalid_query");
        (await node.Client.GetAsync("/v1/feed?from_index=0", ("Accept", "text/event-stream")))
            .ExpectProblem(410, "index_compacted");
    }

    [Fact]
    public async Task A_stream_of_lines_goes_on_with_what_happens_later()
    {
        using var stream = await OpenAsync("/v1/feed?types=trade", "application/x-ndjson");

        var (symbol, index) = await TradeAsync();

        var item = JsonDocument.Parse((await stream.ReadLineAsync())!).RootElement;
        while (item.GetProperty("data").GetProperty("instrument").GetString() != symbol)
        {
            item = JsonDocument.Parse((await stream.ReadLineAsync())!).RootElement;
        }

        Assert.Equal(index, item.GetProperty("index").GetInt64());
    }

    [Fact]
    public async Task Without_a_journal_what_left_the_ring_is_compacted_and_names_the_oldest_index()
    {
        await using var small = await TestNode.StartReadyAsync("--Feed:MaxEntries=4", "--Feed:MaxJournalBytes=0");
        await CreateAssetsAsync(small, 10);

        var compacted = await small.Client.GetAsync("/v1/feed?from_index=1");

        compacted.ExpectProblem(410, "index_compacted");
        var oldest = compacted.At("oldest_index").GetInt64();
        Assert.True(oldest > 1);
        (await small.Client.GetAsync($"/v1/feed?from_index={oldest}")).Expect(200);
    }

    /// <summary>Goal: what has left the ring comes from the disk, in every form, and then goes on from memory. Method:
    /// a ring of four entries, and a reader that begins at the first.</summary>
    [Fact]
    public async Task Old_events_come_from_the_journal_and_new_ones_follow_in_all_three_forms()
    {
        await using var small = await TestNode.StartReadyAsync("--Feed:MaxEntries=4");
        await CreateAssetsAsync(small, 30);
        using var events = await OpenAsync(
            "/v1/feed?from_index=1&types=asset_changed", "text/event-stream", small.Client);
        using var lines = await OpenAsync(
            "/v1/feed?from_index=1&types=asset_changed", "application/x-ndjson", small.Client);
        await CreateAssetsAsync(small, 10, "B");

        var pages = new List<string>();
        for (var next = 1L; pages.Count < 40;)
        {
            var page = (await small.Client.GetAsync($"/v1/feed?from_index={next}&limit=7&types=asset_changed"))
                .Expect(200);
            pages.AddRange(page.At("items").EnumerateArray().Select(item => item.GetRawText()));
            next = page.At("next_index").GetInt64();
        }

        var fromLines = new List<string>();
        while (fromLines.Count < 40)
        {
            fromLines.Add((await lines.ReadLineAsync())!);
        }

        var fromEvents = new List<string>();
        while (fromEvents.Count < 40)
        {
            if (await events.ReadLineAsync() is { } line && line.StartsWith("data: ", StringComparison.Ordinal))
            {
                fromEvents.Add(line[6..]);
            }
        }

        var names = pages.Select(item => JsonDocument.Parse(item).RootElement.GetProperty("data")
            .GetProperty("asset").GetString());
        Assert.Equal(
            [.. Enumerable.Range(0, 30).Select(i => $"A{i}"), .. Enumerable.Range(0, 10).Select(i => $"B{i}")], names);
        Assert.Equal(pages, fromLines);
        Assert.Equal(pages, fromEvents);
        (await small.Client.GetAsync("/v1/feed?from_index=0")).ExpectProblem(410, "index_compacted");
    }

    [Fact]
    public async Task One_stream_more_than_the_limit_is_refused()
    {
        await using var small = await TestNode.StartReadyAsync("--Feed:MaxStreams=1");
        using var stream = await OpenAsync("/v1/feed", "text/event-stream", small.Client);

        (await small.Client.GetAsync("/v1/feed", ("Accept", "application/x-ndjson"))).ExpectProblem(503, "overloaded");
    }

    /// <summary>Goal: a reader that does not read costs nothing and is told what it missed. Method: a body that blocks
    /// after the first bytes, until the ring has moved on.</summary>
    [Theory]
    [InlineData("text/event-stream", "event: overrun\ndata: {")]
    [InlineData("application/x-ndjson", "{\"type\":\"overrun\",\"problem\":{")]
    public async Task A_reader_that_falls_out_of_the_ring_is_told_so_and_ended(string accept, string farewell)
    {
        await using var small = await TestNode.StartReadyAsync("--Feed:MaxEntries=4", "--Feed:MaxJournalBytes=0");
        await CreateAssetsAsync(small, 2);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 16, resumeWriterThreshold: 8));
        var http = new DefaultHttpContext();
        http.SetCaller(Caller.Local(null));
        http.Request.Headers.Accept = accept;
        http.Features.Set<IHttpResponseBodyFeature>(new PipeBody(pipe.Writer));
        var feed = small.Services.GetRequiredService<EventFeed>();
        var items = new FeedItems(new FeedFilter(null, null, null), small.Services.GetRequiredService<Catalog>());
        var format = FeedStreams.FormatOf(http.Request)!.Value;

        var streaming =
            small.Services.GetRequiredService<FeedStreams>().RunAsync(http, format, items, feed.OldestIndex, -1);
        await CreateAssetsAsync(small, 10, "B");
        Assert.False(streaming.IsCompleted);
        var reading = new StreamReader(pipe.Reader.AsStream()).ReadToEndAsync();
        await streaming.WaitAsync(TimeSpan.FromSeconds(20));
        await pipe.Writer.CompleteAsync();

        var text = await reading;
        Assert.Contains(farewell, text, StringComparison.Ordinal);
        Assert.Contains("index_compacted", text, StringComparison.Ordinal);
        Assert.Contains(
            "rb_ws_overruns_total{channel=\"feed\"} 1", (await small.Client.GetAsync("/metrics")).Text,
            StringComparison.Ordinal);
    }

    private static async Task CreateAssetsAsync(TestNode small, int count, string prefix = "A")
    {
        for (var i = 0; i < count; i++)
        {
            (await small.Client.PostAsync("/v1/assets", $$"""{"asset":"{{prefix}}{{i}}","scale":0}""")).Expect(201);
        }
    }

    private async Task<(string Symbol, long Index)> TradeAsync()
    {
        var (maker, taker) = (await node.NewAccountAsync(), await node.NewAccountAsync());
        var symbol = await node.NewInstrumentAsync();
        await node.PlaceAsync(maker, symbol, "sell", "10", "1");
        var bought = await node.PlaceAsync(taker, symbol, "buy", "10", "1");
        return (symbol, bought.Index);
    }

    private Task<StreamReader> OpenAsync(string path, string accept, params (string Name, string Value)[] headers) =>
        OpenAsync(path, accept, node.Client, headers);

    private static async Task<StreamReader> OpenAsync(
        string path, string accept, TestClient client, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(accept, response.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }
}
