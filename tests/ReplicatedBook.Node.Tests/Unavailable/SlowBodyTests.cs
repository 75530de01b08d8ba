using System.Net.Sockets;
using System.Text;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Unavailable;

/// <summary>Goal: who sends slowly is answered and let go. Method: half a body over a real socket, and then
/// nothing.</summary>
public sealed class SlowBodyTests
{
    [Fact]
    public async Task A_body_that_does_not_come_is_a_request_timeout_that_was_not_executed()
    {
        await using var node = await ScriptedNode.StartAsync("--Limits:BodyGrace=00:00:01.001");
        using var socket = new TcpClient();
        await socket.ConnectAsync(
            node.Client.Http.BaseAddress!.Host, node.Client.Http.BaseAddress.Port,
            TestContext.Current.CancellationToken);
        await socket.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                "POST /v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
                "Content-Length: 1000\r\n\r\n{\"label\":"),
            TestContext.Current.CancellationToken);

        // Read to the end: the connection is closed as well, since what might still come is of no request.
        using var reader = new StreamReader(socket.GetStream());
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        foreach (var part in new[]
        {
            "Content-Type: application/problem+json", "Rb-Index: 40", "Rb-Term: 3", "Rb-Digest: 000000000000abcd",
            "Rb-Node: n1", "Rb-Role: leader", "Rb-Leader: n1", "\"code\":\"request_timeout\"",
            "\"outcome\":\"not_executed\"", "\"retryable\":true",
        })
        {
            Assert.Contains(part, answer, StringComparison.Ordinal);
        }

        Assert.Empty(node.Log.Proposed);
    }
}
