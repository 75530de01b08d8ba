using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>Goal: lines have the limits of the other interfaces, and end with the node. Method: a node with small
/// limits that is stopped at the end.</summary>
public sealed class LineLimitTests
{
    [Fact]
    public async Task Connections_and_feeds_are_limited_and_end_with_the_node()
    {
        // One connection of the HTTP client and two of lines.
        await using var node = await TestNode.StartReadyAsync(
            "--Tcp:Port=0", "--Limits:MaxConnectionsPerAddress=3", "--Feed:MaxStreams=1");
        using var first = await LineClient.ConnectAsync(node);
        using var second = await LineClient.ConnectAsync(node);
        Assert.Equal(("PONG 1", "PONG 2"), (await first.AskAsync("PING 1"), await second.AskAsync("PING 2")));

        using (var third = await LineClient.ConnectAsync(node))
        {
            Assert.Empty(await third.RestAsync());
        }

        (await node.Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);
        Assert.Equal("OK 3", await first.AskAsync("FEED 3 ON from=1"));
        Assert.StartsWith("EVENT ", await first.ReadAsync()); // Now it is being read.
        Assert.StartsWith("ERR 4 overloaded outcome=not_executed msg=", await second.AskAsync("FEED 4 ON"));
        await first.SendAsync("FEED 5 OFF\n");
        while (await first.ReadAsync() is { } line && line != "OK 5")
        {
            Assert.StartsWith("EVENT ", line);
        }

        Assert.Equal("OK 6", await second.AskAsync("FEED 6 ON"));

        await node.StopAsync();

        Assert.Empty(await first.RestAsync());
        Assert.All(await second.RestAsync(), line => Assert.StartsWith("EVENT ", line));
    }
}
