using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Node.Tests.Security;

namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>Goal: a connection is encrypted where the node is. Method: once over wss, from the handshake to an
/// order.</summary>
public sealed class SocketTlsTests
{
    [Fact]
    public async Task A_connection_to_an_encrypted_node_is_encrypted()
    {
        using var certificates = new TestCertificates();
        await using var node = await TestNode.StartAsync(certificates: certificates);
        await node.Client.WaitUntilReadyAsync();
        var account = await SocketFlowTests.OpenMarketAsync(node.Client);
        using var socket = await TestSocket.OpenAsync(node.Client);

        var placed = await socket.AskAsync(
            SocketOrderTests.Place(NodeFixture.Limit(account, "BTC-USD", "buy", "100.00", "1")));

        Assert.Equal("https", node.Client.Http.BaseAddress!.Scheme);
        placed.ExpectResult(201);
    }
}
