using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.Gateway.Sessions;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>Goal: orders end with their connection when that was asked for, and only those. Method: orders placed with
/// the switch on, off and on again, alone and together, by a client that goes.</summary>
public sealed class LineSessionTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Orders_of_a_session_end_with_its_connection_and_others_stay()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        using var other = await LineClient.ConnectAsync(node.Node);
        using (var client = await LineClient.ConnectAsync(node.Node))
        {
            string Order(int tag) => $"NEW {tag} {symbol} B LIMIT {tag} 1 account={account} cid=o{tag}\n";
            await client.SendAsync(
                $"{Order(1)}COD a ON\n{Order(2)}{Order(3)}COD b OFF\n{Order(4)}COD c ON\n{Order(5)}");
            var replies = await client.ReadAsync(8);
            Assert.Equal(
                ["OK 1", "OK a", "OK 2", "OK 3", "OK b", "OK 4", "OK c", "OK 5"],
                replies.Select(reply => string.Join(' ', reply.Split(' ').Take(2))));
        }

        var expected = new[] { "open", "canceled", "canceled", "open", "canceled" };
        var states = new string[expected.Length];
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while (!states.SequenceEqual(expected))
        {
            patience.Token.ThrowIfCancellationRequested();
            for (var i = 0; i < states.Length; i++)
            {
                var order = await other.AskAsync($"ORDER o cid=o{i + 1} account={account}");
                states[i] = order!.Split("status=")[1].Split(' ')[0];
            }
        }
    }

    [Fact]
    public async Task Quitting_ends_a_session_too_and_a_grace_lets_its_orders_live_on()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        using var other = await LineClient.ConnectAsync(node.Node);
        foreach (var (grace, status) in new[] { ("", "canceled"), (" grace_ms=60000", "open") })
        {
            using var client = await LineClient.ConnectAsync(node.Node);
            Assert.Equal("OK a", await client.AskAsync($"COD a ON{grace}"));
            var order = (await client.AskAsync($"NEW n {symbol} B LIMIT 1 1 account={account}"))!.Split(' ')[2];
            await client.SendAsync("QUIT\n");
            Assert.Empty(await client.RestAsync()); // The session is ended before the connection is.

            Assert.Contains($" status={status} ", await other.AskAsync($"ORDER o {order["order=".Length..]}"));
        }
    }

    /// <summary>Goal: no order is placed outside of a session that it was to be in. Method: the cluster is told the end
    /// of a session behind its connection's back.</summary>
    [Fact]
    public async Task An_ended_session_takes_no_orders_until_another_is_asked_for()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        using var client = await LineClient.ConnectAsync(node.Node);
        Assert.Equal("OK a", await client.AskAsync("COD a ON"));
        var state = (await node.Client.GetAsync("/v1/node/state?part=order_sessions")).Expect(200);
        var session = long.Parse(state.At("items").EnumerateArray().Last().GetProperty("session_id").GetString()![2..]);
        await node.Node.Services.GetRequiredService<OrderSessions>().CloseAsync(session, default);

        await client.SendAsync(string.Concat(Enumerable.Range(1, 3).Select(i =>
            $"NEW {i} {symbol} B LIMIT 1 1 account={account}\n")));
        Assert.All(
            await client.ReadAsync(3), reply => Assert.Matches("^ERR [123] session_ended outcome=rejected ", reply));
        Assert.Equal("OK b", await client.AskAsync("COD b ON"));
        Assert.StartsWith("OK 4 ", await client.AskAsync($"NEW 4 {symbol} B LIMIT 1 1 account={account}"));
    }
}
