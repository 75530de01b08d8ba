using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Tests.Grpc;
using ReplicatedBook.Node.Tests.Tcp;
using ReplicatedBook.Node.Tests.WebSocket;

namespace ReplicatedBook.Node.Tests.Running;

/// <summary>Goal: orders that are sent ahead over a connection wait for their turn, however long that takes, where
/// requests of their own would be refused as too many. Method: hundreds of them on a node that lets one in at a
/// time.</summary>
public sealed class PatienceTests(NarrowNode node) : IClassFixture<NarrowNode>
{
    private const int Orders = 300;

    [Fact]
    public async Task Orders_of_a_WebSocket_wait_for_their_turn()
    {
        var account = await node.NewAccountAsync();
        using var socket = await TestSocket.OpenAsync(node.Http);
        var order = NodeFixture.Limit(account, GrpcFixture.Symbol, "buy", "1.00", "0.0001");

        var sending = SendAsync();
        for (var i = 0; i < Orders; i++)
        {
            (await socket.NextAsync()).ExpectResult(201);
        }

        await sending;

        async Task SendAsync()
        {
            for (var i = 0; i < Orders; i++)
            {
                await socket.SendAsync(SocketOrderTests.Place(order, $"{i}"));
            }
        }
    }

    [Fact]
    public async Task Orders_of_a_gRPC_session_wait_for_their_turn_though_more_come_than_it_takes_at_once()
    {
        var account = await node.NewAccountAsync();
        await using var session = await node.Client.OpenAsync(
            "/replicatedbook.v1.Trading/Session", null, SessionReply.Parser);

        await session.SendAsync([.. Enumerable.Range(1, Orders).Select(tag => new SessionRequest
        {
            Tag = (ulong)tag,
            Place = GrpcFixture.Limit(account, Side.Buy, 1_00, 1, tag % 2 == 0 ? $"order-{tag}" : ""), // None together.
        })]);
        session.End();

        var tags = new HashSet<ulong>();
        while (await session.NextAsync() is { } reply)
        {
            Assert.Null(reply.Error);
            tags.Add(reply.Tag);
        }

        Assert.Equal(Orders, tags.Count);
    }

    [Fact]
    public async Task Orders_of_many_connections_of_lines_wait_for_their_turn()
    {
        const int Connections = 24;
        var account = await node.NewAccountAsync();
        var clients = new List<LineClient>();
        for (var i = 0; i < Connections; i++)
        {
            clients.Add(await LineClient.ConnectAsync(node.Node));
        }

        foreach (var client in clients)
        {
            await client.SendAsync($"NEW 1 {GrpcFixture.Symbol} B LIMIT 1.00 0.0001 account={account}\n");
        }

        foreach (var client in clients)
        {
            Assert.StartsWith("OK 1 order=", await client.ReadAsync());
            client.Dispose();
        }
    }
}
