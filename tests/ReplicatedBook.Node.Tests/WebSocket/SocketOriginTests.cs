using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using ReplicatedBook.Node.Api.WebSocket;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>Goal: only pages of the node's own, or of a configured origin, connect. Method: origins by the rule alone,
/// and one refused and one let in over real sockets.</summary>
public sealed class SocketOriginTests
{
    [Theory]
    [InlineData(null, "127.0.0.1:8001", true)]
    [InlineData("http://127.0.0.1:8001", "127.0.0.1:8001", true)]
    [InlineData("http://localhost:8001", "localhost:8001", true)]
    [InlineData("http://[::1]:8001", "[::1]:8001", true)]
    [InlineData("https://desk.example", "node.example:8001", true)]
    [InlineData("https://127.0.0.1:8001", "127.0.0.1:8001", false)]
    [InlineData("http://127.0.0.1:8002", "127.0.0.1:8001", false)]
    [InlineData("http://localhost:8001", "127.0.0.1:8001", false)]
    [InlineData("http://evil.example", "127.0.0.1:8001", false)]
    [InlineData("http://evil.example:8001", "evil.example:8001", false)] // Its name was made to point here.
    [InlineData("https://desk.example:444", "node.example:8001", false)]
    [InlineData("null", "127.0.0.1:8001", false)]
    public void Pages_connect_from_where_they_may(string? origin, string host, bool isAllowed)
    {
        var http = new DefaultHttpContext();
        http.Request.Scheme = "http";
        http.Request.Host = new HostString(host);
        if (origin is not null)
        {
            http.Request.Headers.Append("Origin", origin);
        }

        var options = new HttpOptions { AllowedOrigins = ["https://desk.example"] };

        Assert.Equal(isAllowed, SocketOrigins.Allow(http.Request, options));
    }

    [Fact]
    public async Task A_foreign_page_is_refused_and_a_configured_one_is_let_in()
    {
        await using var node = await TestNode.StartAsync(["--Http:AllowedOrigins:0=https://desk.example"]);

        var refused = await Assert.ThrowsAsync<WebSocketException>(
            () => TestSocket.OpenAsync(node.Client, ("Origin", "https://evil.example")));
        using var allowed = await TestSocket.OpenAsync(node.Client, ("Origin", "https://desk.example"));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        (await allowed.AskAsync("""{"op":"ping"}""")).Expect("pong");
    }
}
