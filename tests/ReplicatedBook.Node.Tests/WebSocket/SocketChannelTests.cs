using System.Buffers.Binary;
using System.Text.Json;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>Goal: channels over a connection begin, go on and end as they are asked to. Method: a book and its trades,
/// followed while orders are placed over HTTP.</summary>
public sealed class SocketChannelTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task A_subscription_is_answered_then_comes_a_snapshot_then_every_change()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        using var socket = await TestSocket.OpenAsync(node.Client);

        var subscribed = await socket.AskAsync(Subscribe($"book:{symbol}?depth=5"));
        var snapshot = (await socket.NextAsync()).Expect("snapshot");
        var placed = await node.PlaceAsync(account, symbol, "buy", "100.00", "1");
        var delta = (await socket.NextAsync()).Expect("delta");

        Assert.Equal($"book:{symbol}?depth=5", subscribed.Expect("subscribed").GetProperty("channels")[0].GetString());
        Assert.Equal(3, subscribed.GetProperty("id").GetInt32());
        Assert.Equal($"book:{symbol}?depth=5", snapshot.GetProperty("ch").GetString());
        Assert.Equal(0, snapshot.GetProperty("prev_index").GetInt64());
        Assert.Equal(snapshot.GetProperty("index").GetInt64(), delta.GetProperty("prev_index").GetInt64());
        Assert.Equal(placed.Index, delta.GetProperty("index").GetInt64());
        Assert.Equal(
            """[["100.00","1.0000"]]""", delta.GetProperty("data").GetProperty("bids").GetRawText());
    }

    [Fact]
    public async Task Another_connection_goes_on_where_the_first_ended()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        using var first = await TestSocket.OpenAsync(node.Client);
        (await first.AskAsync(Subscribe($"book:{symbol}"))).Expect("subscribed");
        (await first.NextAsync()).Expect("snapshot");
        await node.PlaceAsync(account, symbol, "buy", "100.00", "1");
        var last = (await first.NextAsync()).GetProperty("index").GetInt64();
        await node.PlaceAsync(account, symbol, "buy", "101.00", "1");

        using var second = await TestSocket.OpenAsync(node.Client);
        (await second.AskAsync(
            $$"""{"op":"subscribe","channels":["book:{{symbol}}"],"from_index":{{last}}}""")).Expect("subscribed");

        var delta = (await second.NextAsync()).Expect("delta");
        Assert.Equal(last, delta.GetProperty("prev_index").GetInt64());
        Assert.Equal("101.00", delta.GetProperty("data").GetProperty("bids")[0][0].GetString());
    }

    [Fact]
    public async Task After_the_answer_to_unsubscribe_nothing_more_comes_of_a_channel()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        using var socket = await TestSocket.OpenAsync(node.Client);
        (await socket.AskAsync(Subscribe($"book:{symbol}", $"trades:{symbol}"))).Expect("subscribed");
        (await socket.NextAsync()).Expect("snapshot");
        (await socket.NextAsync()).Expect("snapshot");

        var ended = await socket.AskAsync($$"""{"op":"unsubscribe","channels":["book:{{symbol}}"]}""");
        await node.PlaceAsync(account, symbol, "buy", "100.00", "1");
        await node.PlaceAsync(await node.NewAccountAsync(), symbol, "sell", "100.00", "1");

        ended.Expect("unsubscribed");
        var trade = (await socket.NextAsync()).Expect("update");
        Assert.Equal($"trades:{symbol}", trade.GetProperty("ch").GetString());
        (await socket.AskAsync(Subscribe($"book:{symbol}"))).Expect("subscribed");
        (await socket.NextAsync()).Expect("snapshot");
    }

    [Fact]
    public async Task What_cannot_be_followed_is_refused_as_a_whole()
    {
        var symbol = await node.NewInstrumentAsync();
        using var socket = await TestSocket.OpenAsync(node.Client);

        (await socket.AskAsync(Subscribe($"book:{symbol}", "book:NONE"))).ExpectError(404, "not_found");
        (await socket.AskAsync(Subscribe("nothing"))).ExpectError(404, "not_found");
        (await socket.AskAsync(Subscribe($"book:{symbol}?depth=1001"))).ExpectError(400, "invalid_query");
        (await socket.AskAsync(Subscribe($"book:{symbol}", $"book:{symbol}"))).ExpectError(400, "invalid_field");
        (await socket.AskAsync(Subscribe())).ExpectError(400, "invalid_field");
        (await socket.AskAsync("""{"op":"unsubscribe","channels":["trades:NONE"]}"""))
            .ExpectError(400, "invalid_field");
        (await socket.AskAsync(Subscribe($"book:{symbol}"))).Expect("subscribed");
        (await socket.NextAsync()).Expect("snapshot");
        (await socket.AskAsync(Subscribe($"book:{symbol}"))).ExpectError(400, "invalid_field");
        var depths = Enumerable.Range(1, 100).Select(depth => $"book:{symbol}?depth={depth}").ToArray();
        (await socket.AskAsync(Subscribe(depths))).ExpectError(422, "limit_reached");
    }

    [Fact]
    public async Task Who_does_not_read_holds_nobody_up_and_goes_on_with_an_overrun_and_a_snapshot()
    {
        const int Batches = 60; // On 100 channels, far more than what lies between the node and the client.
        await using var tight = await TestNode.StartReadyAsync("--Feed:MaxBookChanges=300");
        await tight.WaitForFeatureLevelAsync();
        var account = await SocketFlowTests.OpenMarketAsync(tight.Client);
        var channels = Enumerable.Range(101, 100).Select(depth => $"book:BTC-USD?depth={depth}").ToArray();
        await using var slow = await RawSocket.OpenAsync(tight.Client, receiveBytes: 4096);
        await slow.SendAsync(Subscribe(channels));

        var placed = 0L;
        for (var i = 0; i < Batches; i++)
        {
            var orders = Enumerable.Range(1, 100).Select(
                price => NodeFixture.Limit(account, "BTC-USD", "buy", $"{price}.00", "0.0001"));
            placed = (await tight.Client.PostAsync(
                "/v1/orders/batch", $$"""{"orders":[{{string.Join(',', orders)}}]}""")).Expect(200).Index;
        }

        var book = await tight.Client.GetAsync("/v1/instruments/BTC-USD/book?depth=1000");
        var metrics = (await tight.Client.GetAsync("/metrics")).Text;
        var (last, overruns, messages) = (new Dictionary<string, JsonElement>(), 0, 0);
        while (last.Count < channels.Length || last.Values.Any(message => !IsAt(message, placed)))
        {
            var (opcode, payload) = await slow.ReadAsync();
            if (opcode != RawSocket.Text || JsonDocument.Parse(payload).RootElement is var message
                && !message.TryGetProperty("ch", out _))
            {
                continue;
            }

            messages++;
            overruns += message.TypeOf() == "overrun" ? 1 : 0;
            var channel = message.GetProperty("ch").GetString()!;
            Assert.True(
                !last.TryGetValue(channel, out var before) || before.TypeOf() != "overrun"
                    || message.TypeOf() == "snapshot");
            last[channel] = message;
        }

        Assert.InRange(overruns, 1, messages - channels.Length);
        Assert.All(last.Values, message => Assert.Equal(
            book.At("checksum").GetInt64(), message.GetProperty("data").GetProperty("checksum").GetInt64()));
        Assert.Contains("rb_feed_subscribers{transport=\"websocket\"} 100", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_channel_that_lost_its_place_ends_the_connection()
    {
        const int Batches = 300; // Of 100 orders each: far more than what lies between the node and the client.
        await using var tight = await TestNode.StartReadyAsync(
            "--Feed:MaxJournalBytes=0", "--Feed:MaxEntries=20", "--Feed:MaxFollowedBytes=4096");
        await tight.WaitForFeatureLevelAsync();
        var account = await SocketFlowTests.OpenMarketAsync(tight.Client);
        await using var slow = await RawSocket.OpenAsync(tight.Client, receiveBytes: 4096);
        await slow.SendAsync(Subscribe("orders"));
        Assert.Equal(RawSocket.Text, (await slow.ReadAsync()).Opcode);

        var order = NodeFixture.Limit(account, "BTC-USD", "buy", "1.00", "0.0001");
        var batch = $$"""{"orders":[{{string.Join(',', Enumerable.Repeat(order, 100))}}]}""";
        for (var i = 0; i < Batches; i++)
        {
            (await tight.Client.PostAsync("/v1/orders/batch", batch)).Expect(200);
        }

        (int Opcode, byte[] Payload) last;
        do
        {
            last = await slow.ReadAsync();
        }
        while (last.Opcode != RawSocket.Close);

        Assert.Equal(4008, BinaryPrimitives.ReadUInt16BigEndian(last.Payload));
    }

    private static bool IsAt(JsonElement message, long index) =>
        message.TryGetProperty("index", out var at) && at.GetInt64() >= index;

    private static string Subscribe(params string[] channels) =>
        $$"""{"id":3,"op":"subscribe","channels":{{JsonSerializer.Serialize(channels)}}}""";
}
