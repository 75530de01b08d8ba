using System.Globalization;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>Goal: the feed of a connection is the feed of the log, between whole lines, and a reader that does not read
/// holds nobody up. Method: events beside replies, held against the HTTP feed; a way back that is never read.</summary>
public sealed class LineFeedTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const int UnreadOrders = 1_000;

    [Fact]
    public async Task Events_come_between_the_replies_to_on_and_off()
    {
        using var client = await LineClient.ConnectAsync(node.Node);
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var index = node.Node.AppliedIndex + 1;

        Assert.Equal("OK f", await client.AskAsync($"FEED f ON symbol={symbol}"));
        var order = await client.AskAsync($"NEW n {symbol} B LIMIT 100 5 account={account} cid=a%b");
        var lines = new List<string>();
        while (lines.Count(line => line.StartsWith("EVENT")) < 2)
        {
            lines.Add(order!.StartsWith("EVENT") ? order : (await client.ReadAsync())!);
            order = "";
        }

        var time = (await node.Client.GetAsync($"/v1/feed?from_index={index}")).TextAt("items", "0", "time");
        var accepted = lines.Single(line => line.StartsWith($"EVENT {index}.0 order_accepted time={time} order_id="));
        Assert.EndsWith(
            $" account_id={account} instrument={symbol} side=buy client_order_id=a%25b type=limit price=100.00 "
                + "quantity=5.0000 time_in_force=gtc post_only=false", accepted);
        Assert.Single(lines, line => line.Contains(" batch_end "));
    }

    [Fact]
    public async Task From_an_index_on_it_is_the_whole_feed_and_ends_with_off()
    {
        using var client = await LineClient.ConnectAsync(node.Node);
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        await node.PlaceAsync(account, symbol, "buy", "100", "1");
        var expected = new List<string>();
        for (var next = 1L; next <= node.Node.AppliedIndex;)
        {
            var page = (await node.Client.GetAsync($"/v1/feed?from_index={next}&limit=1000")).Expect(200);
            expected.AddRange(page.At("items").EnumerateArray().Select(item =>
                $"EVENT {item.GetProperty("index")}.{item.GetProperty("seq")} {item.GetProperty("type").GetString()}"));
            next = page.At("next_index").GetInt64();
        }

        Assert.Equal("OK 1", await client.AskAsync("F 1 ON from=1"));
        var events = await client.ReadAsync(expected.Count);
        await client.SendAsync("FEED 2 OFF\n");

        Assert.Equal(expected, events.Select(line => string.Join(' ', line.Split(' ').Take(3))));
        Assert.Equal("OK 2", await client.ReadAsync());
        await node.PlaceAsync(account, symbol, "buy", "100", "1");
        Assert.Equal("PONG 3", await client.AskAsync("PING 3"));
        Assert.Equal("OK 4", await client.AskAsync("FEED 4 OFF"));
    }

    [Fact]
    public async Task A_reader_that_does_not_read_holds_a_page_and_nobody_up()
    {
        var (account, symbol) = (await node.NewAccountAsync(usd: "1000000000"), await node.NewInstrumentAsync());
        var from = node.Node.AppliedIndex + 1;
        await using var slow = new LinePair(node.Node);
        await slow.SendAsync($"FEED f ON from={from} symbol={symbol}\n");
        Assert.Equal("OK f", await slow.ReadAsync());

        using var other = await LineClient.ConnectAsync(node.Node);
        for (var i = 0; i < UnreadOrders; i++)
        {
            await other.SendAsync($"NEW {i} {symbol} B LIMIT 1.00 1 account={account}\n");
        }

        Assert.All(await other.ReadAsync(UnreadOrders), reply => Assert.StartsWith("OK ", reply));
        Assert.Contains("""rb_feed_subscribers{transport="tcp"} 1""", (await node.Client.GetAsync("/metrics")).Text);

        // A page has 256 items and the rest of an entry, which is a hundred orders' at most: each below 512 bytes.
        Assert.True(slow.Replies.TryRead(out var held));
        Assert.InRange(held.Buffer.Length, LinePair.HeldBytes, LinePair.HeldBytes + ((256 + 201) * 512));
        slow.Replies.AdvanceTo(held.Buffer.Start);
        var accepted = 0;
        var last = (Index: 0L, Sequence: -1);
        while (accepted < UnreadOrders)
        {
            var parts = (await slow.ReadAsync()).Split(' ');
            var place = parts[1].Split('.');
            var next = (Index: long.Parse(place[0], CultureInfo.InvariantCulture), Sequence: int.Parse(place[1]));
            Assert.True(next.CompareTo(last) > 0, $"{next} came behind {last}");
            last = next;
            accepted += parts[2] == "order_accepted" ? 1 : 0;
        }
    }

    [Fact]
    public async Task A_connection_that_ends_ends_its_feed()
    {
        await using (var pair = new LinePair(node.Node))
        {
            await pair.SendAsync("FEED 1 ON\nFEED 2 ON\nPING 3\n");
            Assert.Equal(("OK 1", "OK 2"), (await pair.ReadAsync(), await pair.ReadAsync()));
            Assert.Equal("PONG 3", await pair.ReadAsync());
            pair.Finish();
            await pair.Served.WaitAsync(TestClient.Patience, TestContext.Current.CancellationToken);
        }

        Assert.Contains("""rb_feed_subscribers{transport="tcp"} 0""", (await node.Client.GetAsync("/metrics")).Text);
    }
}
