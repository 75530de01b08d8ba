using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>Goal: every command of API.md 5 does what the route behind it does, and replies as written there. Method:
/// each good and bad, with its whole reply, and the node asked over HTTP what came of it.</summary>
public sealed class LineCommandTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task An_order_rests_trades_and_is_found()
    {
        using var client = await LineClient.ConnectAsync(node.Node);
        var (maker, taker) = (await node.NewAccountAsync(), await node.NewAccountAsync());
        var symbol = await node.NewInstrumentAsync();

        var rested = await client.AskAsync($"NEW m1 {symbol} S LIMIT 59990.00 0.2000 account={maker} cid=ask-1");
        var ask = Field(rested, "order");
        Assert.Equal(
            $"OK m1 order={ask} status=open filled=0.0000 remaining=0.2000 avg=- {await PositionAsync()}", rested);

        await client.SendAsync($"N t1 {symbol} B L 60000 0.5 account={taker} cid=bid-1 stp=none\n");
        var (fill, filled) = (await client.ReadAsync(), await client.ReadAsync());
        var bid = Field(filled, "order");
        Assert.Equal($"FILL t1 trade={Field(fill, "trade")} price=59990.00 qty=0.2000 maker={ask}", fill);
        Assert.Equal(
            $"OK t1 order={bid} status=open filled=0.2000 remaining=0.3000 avg=59990.00 {await PositionAsync()}",
            filled);

        var state = $"order={bid} status=open filled=0.2000 remaining=0.3000 avg=59990.00 symbol={symbol} side=buy "
            + $"price=60000.00 qty=0.5000 index={node.Node.AppliedIndex}";
        Assert.Equal($"OK o1 {state}", await client.AskAsync($"ORDER o1 {bid}"));
        Assert.Equal($"OK o2 {state}", await client.AskAsync($"O o2 cid=bid-1 account={taker}"));
        Assert.Equal(
            $"ERR o3 not_found outcome=not_executed msg=no%20such%20order%2C%20or%20it%20is%20no%20longer%20kept",
            await client.AskAsync("ORDER o3 999999999"));
    }

    [Theory]
    [InlineData("MARKET -", "status=expired filled=9.0000 remaining=0.0000 avg=100.00")]
    [InlineData("MKT 100.00", "status=expired filled=9.0000 remaining=0.0000 avg=100.00")]
    [InlineData("IOC 100.00", "status=expired filled=9.0000 remaining=0.0000 avg=100.00")]
    [InlineData("FOK 100.00", "status=expired filled=0.0000 remaining=0.0000 avg=-")]
    public async Task Orders_that_never_rest_say_what_they_got(string typeAndPrice, string expected)
    {
        using var client = await LineClient.ConnectAsync(node.Node);
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        await node.PlaceAsync(account, symbol, "sell", "100", "9");

        await client.SendAsync($"NEW t {symbol} B {typeAndPrice} 12 account={account} stp=none\n");
        var replies = await client.ReadAsync(expected.Contains("filled=9") ? 2 : 1);

        Assert.Contains(expected, replies[^1]);
        Assert.Equal(replies.Length == 2, replies[0].StartsWith("FILL t "));
    }

    [Fact]
    public async Task Refusals_carry_the_codes_of_the_routes()
    {
        using var client = await LineClient.ConnectAsync(node.Node);
        var (account, symbol) = (await node.NewAccountAsync(usd: "100"), await node.NewInstrumentAsync());
        await node.PlaceAsync(account, symbol, "sell", "100", "1");

        var rejected = await client.AskAsync($"NEW a {symbol} B LIMIT 1000 1 account={account}");
        Assert.StartsWith(
            $"ERR a insufficient_funds outcome=rejected index={node.Node.AppliedIndex} msg=", rejected);
        rejected = await client.AskAsync($"NEW b {symbol} B PO 100 1 account={account}");
        Assert.StartsWith(
            $"ERR b post_only_would_take outcome=rejected index={node.Node.AppliedIndex} msg=", rejected);
        var index = node.Node.AppliedIndex;
        foreach (var (line, code) in new[]
        {
            ($"NEW c {symbol} B LIMIT 100.001 1 account={account}", "invalid_tick"),
            ($"NEW d {symbol} B LIMIT 100 0.00001 account={account}", "invalid_lot"),
            ($"NEW e NOPE B LIMIT 100 1 account={account}", "not_found"),
            ($"NEW f {symbol} B LIMIT - 1 account={account}", "missing_field"),
            ($"NEW g {symbol} B LIMIT 100 0 account={account}", "invalid_field"),
            ($"NEW h {symbol} B LIMIT 100 1 account={account} stp=maybe", "invalid_field"),
            ($"NEW i {symbol} B LIMIT 100 1 account=a999999999", "not_found"),
            ($"NEW j {symbol} BACK LIMIT 2 1 account={account}", "not_found"),
            ("MODIFY k 999999999 1 -", "not_found"),
            ("CANCEL l 999999999", "not_found"),
            ("SNAPSHOT m NOPE", "not_found"),
            ($"SNAPSHOT n {symbol} level=4", "invalid_query"),
            ($"SNAPSHOT o {symbol} at_index=99999999 consistency=weak", "index_not_reached"),
            ("BALANCE p a999999999", "not_found"),
            ("CREDIT q a1 NOPE 1", "not_found"),
            ("FEED r ON from=x", "invalid_query"),
            ("FEED s ON symbol=NOPE", "not_found"),
            ("COD t ON grace_ms=60001", "invalid_field"),
        })
        {
            var reply = await client.AskAsync(line);
            Assert.StartsWith($"ERR {line.Split(' ')[1]} {code} outcome=", reply);
            Assert.Contains(" msg=", reply);
        }

        Assert.InRange(node.Node.AppliedIndex, index, index + 4); // Those about what only the log knows.
    }

    [Fact]
    public async Task An_order_is_changed_and_canceled()
    {
        using var client = await LineClient.ConnectAsync(node.Node);
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var order = (await node.PlaceAsync(account, symbol, "buy", "10", "5")).TextAt("order", "order_id");

        var open = $"order={order} status=open filled=0.0000 remaining=4.0000 avg=-";
        var modified = await client.AskAsync($"MODIFY 1 {order} - 4");
        Assert.Equal($"OK 1 {open} {await PositionAsync()}", modified);
        modified = await client.AskAsync($"M 2 {order} 11.00 -");
        Assert.Equal($"OK 2 {open} {await PositionAsync()}", modified);
        Assert.StartsWith("ERR 3 missing_field outcome=not_executed msg=", await client.AskAsync($"M 3 {order} - -"));
        var canceled = await client.AskAsync($"CANCEL 4 {order}");
        Assert.Equal(
            $"OK 4 order={order} status=canceled filled=0.0000 remaining=0.0000 avg=- {await PositionAsync()}",
            canceled);
        Assert.StartsWith("ERR 5 order_not_open outcome=rejected index=", await client.AskAsync($"C 5 {order}"));
        Assert.StartsWith("ERR 6 not_found", await client.AskAsync($"C 6 cid=nobody account={account}"));
        await node.PlaceAsync(account, symbol, "buy", "10", "5", ""","client_order_id":"a?b=%41&c" """);
        await node.PlaceAsync(account, symbol, "buy", "10", "5");
        Assert.Contains("status=canceled", await client.AskAsync($"C 7 cid=a?b=%41&c account={account}"));
        Assert.Equal("OK 8 canceled=1", await client.AskAsync($"CANCELALL 8 {symbol} account={account}"));
        Assert.Equal("OK 9 canceled=0", await client.AskAsync($"CANCELALL 9 account={account}"));
    }

    [Fact]
    public async Task A_bet_is_an_order_with_a_side_of_its_own()
    {
        using var client = await LineClient.ConnectAsync(node.Node);
        var (layer, backer, market) = (
            await node.NewBettorAsync(), await node.NewBettorAsync(), await node.NewMarketAsync());

        await client.SendAsync(
            $"NEW 1 {market}:1 LAY LIMIT 3.5 10 account={layer}\nNEW 2 {market}:1 BACK L 3.5 4 account={backer}\n");
        var lay = await client.ReadAsync();
        var order = Field(lay, "order");
        Assert.StartsWith($"OK 1 order={order} status=open filled=0.0000 remaining=10.0000 avg=- index=", lay);
        Assert.EndsWith($" price=3.50 qty=4.0000 maker={order}", await client.ReadAsync());
        Assert.Contains("status=filled filled=4.0000 remaining=0.0000 avg=3.50", await client.ReadAsync());
        Assert.StartsWith("ERR 3 invalid_field", await client.AskAsync($"MODIFY 3 {order} - 5"));
        await client.SendAsync($"S 4 {market}:1 depth=5 level=2\n");
        Assert.Equal(
            [$"BOOK 4 {market}:1 index={node.Node.AppliedIndex} backs=0 lays=1", "L 4 LAY 3.50 6.0000 1", "END 4"],
            await client.ReadAsync(3));
        Assert.StartsWith("ERR 5 invalid_query", await client.AskAsync($"S 5 {market}:1 level=3"));
        Assert.StartsWith("ERR 6 not_found", await client.AskAsync($"S 6 {market}:9"));
        Assert.StartsWith("ERR 7 not_found", await client.AskAsync("S 7 b999:1"));
        Assert.Equal("OK 8 canceled=1", await client.AskAsync($"CANCELALL 8 {market}:1 account={layer}"));
    }

    [Fact]
    public async Task A_snapshot_lists_levels_and_orders()
    {
        using var client = await LineClient.ConnectAsync(node.Node);
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        Assert.Equal(
            $"BOOK 0 {symbol} index={node.Node.AppliedIndex} bids=0 asks=0", await client.AskAsync($"S 0 {symbol}"));
        Assert.Equal("END 0", await client.ReadAsync());
        await node.PlaceAsync(account, symbol, "buy", "100", "5");
        var second = (await node.PlaceAsync(account, symbol, "buy", "100", "7")).TextAt("order", "order_id");
        await node.PlaceAsync(account, symbol, "buy", "99", "1");
        var ask = (await node.PlaceAsync(account, symbol, "sell", "101", "2")).TextAt("order", "order_id");
        var index = node.Node.AppliedIndex;

        await client.SendAsync(
            $"SNAPSHOT 1 {symbol} depth=1\nS 2 {symbol} level=3 consistency=weak min_index={index}\n");

        Assert.Equal(
            [
                $"BOOK 1 {symbol} index={index} bids=1 asks=1", "L 1 B 100.00 12.0000 2", "L 1 S 101.00 2.0000 1",
                "END 1",
            ],
            await client.ReadAsync(4));
        var orders = await client.ReadAsync(6);
        Assert.Equal($"BOOK 2 {symbol} index={index} bids=3 asks=1", orders[0]);
        Assert.Equal(
            ($"L 2 B 100.00 7.0000 {second}", $"L 2 S 101.00 2.0000 {ask}", "END 2"),
            (orders[2], orders[4], orders[5]));
        await client.SendAsync($"S 3 {symbol} at_index={index - 1}\n");
        Assert.Equal($"BOOK 3 {symbol} index={index - 1} bids=2 asks=0", await client.ReadAsync());
    }

    [Fact]
    public async Task Money_is_credited_and_shown()
    {
        using var client = await LineClient.ConnectAsync(node.Node);
        var account = await node.NewAccountAsync(usd: "10", btc: "1");

        var credited = await client.AskAsync($"A 1 {account} USD 5.50");

        Assert.Equal($"OK 1 total=15.50 available=15.50 reserved=0.00 index={node.Node.AppliedIndex}", credited);
        await client.SendAsync($"B 2 {account}\nBALANCE 3 {account} consistency=weak\n");
        Assert.Equal(
            [
                "BAL 2 USD total=15.50 available=15.50 reserved=0.00",
                "BAL 2 BTC total=1.00000000 available=1.00000000 reserved=0.00000000", "END 2",
            ],
            await client.ReadAsync(3));
        Assert.Equal("END 3", (await client.ReadAsync(3))[2]);
    }

    [Fact]
    public async Task The_node_says_where_it_stands()
    {
        using var client = await LineClient.ConnectAsync(node.Node);

        Assert.Equal("OK 1 user=local node=n1 leader=n1", await client.AskAsync("AUTH 1 whoever"));
        Assert.Equal("PONG 2", await client.AskAsync("ping 2"));
        var status = (await node.Client.GetAsync("/v1/node")).Expect(200);
        Assert.Equal(
            $"OK 3 node=n1 role=leader leader=n1 term={status.At("term")} commit={status.At("commit_index")} "
                + $"applied={status.At("applied_index")} digest={status.TextAt("digest")}",
            await client.AskAsync("STATUS 3"));
        await client.SendAsync("PING 4\nQUIT\nPING 5\n");
        Assert.Equal(["PONG 4"], await client.RestAsync());
    }

    /// <summary>Where the log stands now, as replies write it.</summary>
    private async Task<string> PositionAsync()
    {
        var digest = (await node.Client.GetAsync("/v1/node/digest")).Expect(200);
        return $"index={digest.At("index")} term={digest.At("term")} digest={digest.TextAt("digest")}";
    }

    private static string Field(string? line, string key) =>
        line!.Split(' ').Single(part => part.StartsWith(key + "=", StringComparison.Ordinal))[(key.Length + 1)..];
}
