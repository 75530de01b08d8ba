using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Api.Tcp;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Tests.Grpc;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Node.Tests.Tcp;
using ReplicatedBook.Node.Tests.WebSocket;
using ReplicatedBook.Replication.Feed;
using BookUpdate = ReplicatedBook.Contracts.Grpc.BookUpdate;

namespace ReplicatedBook.Node.Tests.Metrics;

/// <summary>Goal: what is counted is the same over every transport. Method: one node; the same orders and followers by
/// each transport, and what the metrics grew by.</summary>
public sealed class TransportMetricsTests(GrpcFixture node) : IClassFixture<GrpcFixture>
{
    private const string Symbol = GrpcFixture.Symbol;
    private const string Orders = "rb_commands_total{type=\"place_order\",outcome=";
    private const string Trades = $$"""rb_trades_total{instrument="{{Symbol}}"}""";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("http")]
    [InlineData("websocket")]
    [InlineData("grpc")]
    [InlineData("grpc session")]
    [InlineData("tcp")]
    public async Task As_many_commands_are_counted_as_were_sent(string transport)
    {
        var (maker, taker) = (await node.NewAccountAsync(), await node.NewAccountAsync());
        var before = await ScrapeAsync();

        await PlaceAsync(transport, maker, isBuy: false, price: 50, quantity: 1);
        await PlaceAsync(transport, taker, isBuy: true, price: 50, quantity: 1);
        await PlaceAsync(transport, taker, isBuy: true, price: 50, quantity: 99_999_999); // More than it can pay.

        var after = await ScrapeAsync();
        Assert.Equal((2, 1, 1), (Grown(Orders + "\"committed\"}"), Grown(Orders + "\"rejected\"}"), Grown(Trades)));
        Assert.Equal(0, Grown(Orders + "\"unknown\"}"));

        double Grown(string name) =>
            after.Samples.GetValueOrDefault(name) - before.Samples.GetValueOrDefault(name);
    }

    [Fact]
    public async Task Every_transport_counts_who_follows_it_until_they_go()
    {
        using var ended = new CancellationTokenSource();
        using (var events = await OpenAsync("text/event-stream"))
        using (var lines = await OpenAsync("application/x-ndjson"))
        using (var socket = await TestSocket.OpenAsync(node.Http))
        using (var tcp = await LineClient.ConnectAsync(node.Node))
        {
            await using var feed = await node.Client.OpenAsync(
                "/replicatedbook.v1.Feed/StreamEvents", new StreamEventsRequest(), FeedEvent.Parser, ended.Token);
            await using var book = await node.Client.OpenAsync(
                "/replicatedbook.v1.MarketData/StreamBook", new StreamBookRequest { Instrument = Symbol },
                BookUpdate.Parser, ended.Token);
            await book.ReadAsync();
            (await socket.AskAsync("""{"op":"subscribe","channels":["feed"]}""")).Expect("subscribed");
            (await socket.NextAsync()).Expect("snapshot");
            Assert.Equal("OK 1", await tcp.AskAsync("FEED 1 ON"));

            await UntilAsync(("sse", 1), ("ndjson", 1), ("websocket", 1), ("grpc", 2), ("tcp", 1));
            await ended.CancelAsync();
        }

        await UntilAsync(("sse", 0), ("ndjson", 0), ("websocket", 0), ("grpc", 0), ("tcp", 0));
    }

    /// <summary>Method: a way back that takes nothing until what the feed holds has moved on.</summary>
    [Fact]
    public async Task A_reader_of_lines_that_loses_its_place_is_told_so_and_counted()
    {
        await using var small = await TestNode.StartReadyAsync("--Feed:MaxEntries=4", "--Feed:MaxJournalBytes=0");
        await CreateAssetAsync(small, "A");
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 16, resumeWriterThreshold: 8));
        using var output = new LineOutput(pipe.Writer, () => { });
        var history = small.Services.GetRequiredService<EventHistory>();
        var command = new LineCommand(
            LineVerb.Feed, "f", ["on"], new Dictionary<string, string> { ["from"] = $"{history.OldestIndex}" });
        var feed = new LineFeed(
            command, () => (null, null), small.Services.GetRequiredService<RouteCaller>(), history,
            small.Services.GetRequiredService<MarketDataMeter>(), TimeProvider.System);

        Assert.Null(await feed.OpenAsync());
        var running = feed.RunAsync(output, CancellationToken.None);
        for (var i = 0; i < 10; i++)
        {
            await CreateAssetAsync(small, $"B{i}");
        }

        Assert.False(running.IsCompleted);
        var reading = new StreamReader(pipe.Reader.AsStream()).ReadToEndAsync(TestContext.Current.CancellationToken);
        await running.WaitAsync(Limit, TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();

        Assert.Contains("\nERR f index_compacted outcome=not_executed msg=", await reading, StringComparison.Ordinal);
        var scraped = ScrapedMetrics.Parse((await small.Client.GetAsync("/metrics")).Expect(200).Text);
        Assert.Equal(1, scraped.Of("rb_ws_overruns_total{channel=\"feed\"}"));
    }

    private async Task PlaceAsync(string transport, string account, bool isBuy, int price, int quantity)
    {
        var side = isBuy ? "buy" : "sell";
        var json = NodeFixture.Limit(account, Symbol, side, $"{price}", $"{quantity}");
        var order = GrpcFixture.Limit(account, isBuy ? Side.Buy : Side.Sell, price * 100, quantity * 10_000L);
        switch (transport)
        {
            case "http":
                await node.Http.PostAsync("/v1/orders", json);
                break;
            case "websocket":
                using (var socket = await TestSocket.OpenAsync(node.Http))
                {
                    await socket.AskAsync(SocketOrderTests.Place(json));
                }

                break;
            case "grpc":
                await node.CallAsync("Trading/PlaceOrder", order, OrderReply.Parser);
                break;
            case "grpc session":
                await using (var session = await node.Client.OpenAsync(
                    "/replicatedbook.v1.Trading/Session", null, SessionReply.Parser))
                {
                    await session.SendAsync(new SessionRequest { Tag = 1, Place = order });
                    await session.ReadAsync();
                }

                break;
            default:
                using (var client = await LineClient.ConnectAsync(node.Node))
                {
                    await client.AskAsync(
                        $"NEW t {Symbol} {(isBuy ? 'B' : 'S')} LIMIT {price} {quantity} account={account}");
                }

                break;
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(string format)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/feed");
        request.Headers.TryAddWithoutValidation("Accept", format);
        return await node.Http.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Waits until each transport has so many followers.</summary>
    private async Task UntilAsync(params (string Transport, int Followers)[] expected)
    {
        using var patience = new CancellationTokenSource(Limit);
        while (true)
        {
            var scraped = await ScrapeAsync();
            var counted = expected.Select(
                each => (each.Transport, (int)scraped.Of($"rb_feed_subscribers{{transport=\"{each.Transport}\"}}")));
            if (counted.SequenceEqual(expected))
            {
                return;
            }

            Assert.False(patience.IsCancellationRequested, string.Join(", ", counted));
        }
    }

    private static async Task CreateAssetAsync(TestNode small, string name) =>
        (await small.Client.PostAsync("/v1/assets", $$"""{"asset":"{{name}}","scale":0}""")).Expect(201);

    private async Task<ScrapedMetrics> ScrapeAsync() =>
        ScrapedMetrics.Parse((await node.Http.GetAsync("/metrics")).Expect(200).Text);
}
