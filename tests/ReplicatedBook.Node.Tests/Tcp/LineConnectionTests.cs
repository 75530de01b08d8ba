using System.Globalization;
using System.Text;
using ReplicatedBook.Node.Api.Tcp;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>Goal: a connection replies to every line in order, whatever comes and however it is cut, and harms no
/// other. Method: a real node, and clients that send too fast, too little, too much or nonsense.</summary>
public sealed class LineConnectionTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const int Pipelined = 10_000;
    private const int Run = 50; // Lines of one kind in a row.
    private const int IdleConnections = 500;
    private const int MutatedLines = 3_000;

    [Fact]
    public async Task Lines_may_come_byte_by_byte()
    {
        using var client = await LineClient.ConnectAsync(node.Node);
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());

        foreach (var part in $"NEW a {symbol} B LIMIT 100 5 account={account}\r\nPING b\nN c {symbol} B L 100 6 "
            + $"account={account}\n")
        {
            await client.SendAsync($"{part}");
        }

        var replies = await client.ReadAsync(3);
        Assert.StartsWith("OK a order=", replies[0]);
        Assert.Equal("PONG b", replies[1]);
        Assert.StartsWith("OK c order=", replies[2]);
        client.Finish();
        Assert.Empty(await client.RestAsync());
    }

    /// <summary>Goal: what is sent takes effect in the order in which it was sent, and is answered in it. Method: runs
    /// of orders, lookups of just these, cancellations and pings, all sent before a reply is read.</summary>
    [Fact]
    public async Task Ten_thousand_lines_are_answered_in_order()
    {
        using var client = await LineClient.ConnectAsync(node.Node);
        var (account, symbol) = (await node.NewAccountAsync(usd: "100000000"), await node.NewInstrumentAsync());
        var lines = new StringBuilder();
        for (var i = 0; i < Pipelined; i++)
        {
            var cid = $"cid=c{(i / (3 * Run) * Run) + (i % Run)} account={account}";
            lines.Append((i / Run % 3) switch
            {
                0 => $"NEW {i} {symbol} B LIMIT 1.00 1 {cid}\n",
                1 => $"ORDER {i} {cid}\n",
                _ => $"PING {i}\n",
            });
        }

        var sending = client.SendAsync(lines.ToString());
        var last = 0L;
        for (var i = 0; i < Pipelined; i++)
        {
            var reply = (await client.ReadAsync())!.Split(' ');
            Assert.Equal($"{i}", reply[1]);
            Assert.Equal(i / Run % 3 == 2 ? "PONG" : "OK", reply[0]);
            if (i / Run % 3 == 0)
            {
                var order = long.Parse(reply[2].Split('=')[1], CultureInfo.InvariantCulture);
                Assert.True(order > last, $"{order} came behind {last}");
                last = order;
            }
        }

        await sending;
        Assert.StartsWith("OK x canceled=", await client.AskAsync($"CANCELALL x {symbol} account={account}"));
    }

    [Fact]
    public async Task Orders_that_come_together_have_the_replies_that_they_have_alone()
    {
        using var client = await LineClient.ConnectAsync(node.Node);
        var (account, symbol) = (await node.NewAccountAsync(usd: "1000"), await node.NewInstrumentAsync());
        string[] orders =
        [
            "S LIMIT 100 3", "B LIMIT 100 1", "B LIMIT 100.001 1", "B LIMIT 100 99", "B IOC 100 1", "B LIMIT 99 1",
        ];
        string[] expected =
        [
            "OK 0", "FILL 1", "OK 1", "ERR 2 invalid_tick", "ERR 3 insufficient_funds", "FILL 4", "OK 4", "OK 5",
        ];

        await client.SendAsync(string.Concat(orders.Select((order, i) =>
            $"NEW {i} {symbol} {order} account={account} stp=none\n")));
        var together = await client.ReadAsync(expected.Length);
        await client.SendAsync(string.Concat(orders.Select((order, i) => // The last makes the route refuse all.
            $"NEW {i} {symbol} {order} account={account} stp={(i == 5 ? "never" : "none")}\n")));
        var apart = await client.ReadAsync(expected.Length);

        Assert.All(expected.Zip(together), pair => Assert.StartsWith(pair.First + " ", pair.Second));
        Assert.All(expected[..^1].Zip(apart), pair => Assert.StartsWith(pair.First + " ", pair.Second));
        Assert.StartsWith("ERR 5 invalid_field outcome=not_executed msg=", apart[^1]);
    }

    [Fact]
    public async Task Three_malformed_lines_in_a_row_end_the_connection()
    {
        using var client = await LineClient.ConnectAsync(node.Node);

        await client.SendAsync("HELLO\nHELLO\nPING a\nHELLO\nNEW b\nHELLO\nHELLO\nHELLO\nPING c\n");
        var replies = await client.RestAsync();

        Assert.Equal(
            ["ERR -", "ERR -", "PONG a", "ERR -", "ERR b", "ERR -", "ERR -", "ERR -"],
            replies.Select(reply => string.Join(' ', reply.Split(' ').Take(2))));
        Assert.Equal(
            "ERR - malformed_request outcome=not_executed msg=there%20is%20no%20such%20command", replies[0]);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_the_next_one_is_served()
    {
        using var client = await LineClient.ConnectAsync(node.Node);

        await client.SendAsync($"PING {new string('x', 100_000)}\nPING b\n");

        Assert.Equal(
            ["ERR - malformed_request outcome=not_executed msg=a%20line%20has%20at%20most%201024%20bytes", "PONG b"],
            await client.ReadAsync(2));
    }

    [Fact]
    public async Task Idle_connections_do_not_keep_an_active_one_from_its_replies()
    {
        var idle = new List<LineClient>();
        try
        {
            while (idle.Count < IdleConnections)
            {
                idle.Add(await LineClient.ConnectAsync(node.Node));
            }

            using var active = await LineClient.ConnectAsync(node.Node);
            var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
            for (var i = 0; i < 50; i++)
            {
                Assert.StartsWith(
                    $"OK {i} order=", await active.AskAsync($"NEW {i} {symbol} B LIMIT 1 1 account={account}"));
            }

            var metrics = (await node.Client.GetAsync("/metrics")).Text;
            Assert.Contains($"\nrb_tcp_connections {IdleConnections + 1}\n", metrics);
            foreach (var client in idle)
            {
                Assert.Equal("PONG x", await client.AskAsync("PING x"));
            }
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }

    /// <summary>Goal: no line does what it does not say, and each gets its reply. Method: mutated lines, each with a
    /// PING behind it; the log may grow by those alone that the parser takes for writes.</summary>
    [Fact]
    public async Task Mutated_lines_are_answered_and_enter_the_log_only_as_what_they_say()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var mutations = new LineMutations(seed: 7)
        {
            Seeds =
            [
                $"NEW t {symbol} B LIMIT 100.00 0.5000 cid=x account={account}", $"C t cid=x account={account}",
                $"S t {symbol} depth=5 level=2", "ORDER t 7", $"B t {account}", "FEED t OFF", "STATUS t", "COD t OFF",
                $"A t {account} USD 1", $"M t 7 1 -", "PING t",
            ],
        };
        using var client = await LineClient.ConnectAsync(node.Node);
        var (lines, writes, before) = (new List<byte>(), 0, node.Node.AppliedIndex);
        for (var i = 0; i < MutatedLines;)
        {
            var line = mutations.Next();
            var command = LineParser.Read(line).Command;
            if (command?.Verb is LineVerb.Quit or LineVerb.Feed)
            {
                continue;
            }

            writes += command is { IsWrite: true } ? 1 : 0;
            lines.AddRange([.. line, (byte)'\n', .. Encoding.ASCII.GetBytes($"PING p{i++}\n")]);
        }

        var sending = client.Stream.WriteAsync(lines.ToArray(), TestContext.Current.CancellationToken);
        for (var i = 0; i < MutatedLines; i++)
        {
            var replies = 0;
            while (await client.ReadAsync() is var reply && reply != $"PONG p{i}")
            {
                replies++;
                Assert.Matches("^(OK|ERR|FILL|BOOK|L|END|BAL|PONG) [ -~]{1,1023}$", reply);
            }

            Assert.NotEqual(0, replies);
        }

        await sending;
        Assert.InRange(writes, 10, MutatedLines);
        Assert.InRange(node.Node.AppliedIndex - before, 1, writes);
    }
}
