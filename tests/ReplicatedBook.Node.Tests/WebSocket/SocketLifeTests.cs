using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>Goal: connections end as they should, and only then. Method: each reason there is, on a node whose clock
/// the test moves where time is one.</summary>
public sealed class SocketLifeTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task A_client_that_closes_is_answered()
    {
        using var socket = await TestSocket.OpenAsync(node.Client);

        await socket.CloseAsync();

        Assert.Equal(1000, socket.CloseCode);
    }

    [Fact]
    public async Task A_frame_of_bytes_ends_the_connection()
    {
        using var socket = await TestSocket.OpenAsync(node.Client);

        await socket.SendBytesAsync("{}"u8.ToArray(), WebSocketMessageType.Binary);

        Assert.Equal(1003, await socket.UntilClosedAsync());
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_ends_the_connection()
    {
        using var socket = await TestSocket.OpenAsync(node.Client);

        await socket.SendBytesAsync([(byte)'"', 0xC3, 0x28, (byte)'"'], WebSocketMessageType.Text);

        Assert.Equal(1007, await socket.UntilClosedAsync());
    }

    [Theory]
    [InlineData(RawSocket.Text, 1007)]
    [InlineData(3, 1002)] // No such frame.
    public async Task Who_breaks_the_protocol_and_reads_late_still_learns_the_reason(int opcode, int code)
    {
        const int Clients = 128; // Each is too late only sometimes.
        var time = new SteppedTime(); // Stands still, so that no patience ends.
        await using var timed = await TestNode.StartAsync(more: services => services.AddSingleton<TimeProvider>(time));
        var sockets = new List<RawSocket>();
        for (var i = 0; i < Clients; i++)
        {
            sockets.Add(await RawSocket.OpenAsync(timed.Client));
        }

        foreach (var socket in sockets)
        {
            await socket.SendAsync(opcode, [0xC3, 0x28]);
            await socket.SendAsync("""{"op":"ping"}""");
        }

        foreach (var socket in sockets)
        {
            Assert.Equal((RawSocket.Close, code), await socket.ReadCloseAsync());
            await socket.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_message_may_be_as_large_as_the_limit_and_not_larger()
    {
        const int Limit = 64 << 10;
        using var socket = await TestSocket.OpenAsync(node.Client);
        var frame = """{"op":"ping"}""";

        (await socket.AskAsync(frame.PadRight(Limit))).Expect("pong");
        await socket.SendAsync(frame.PadRight(Limit + 1));

        Assert.Equal(1009, await socket.UntilClosedAsync());
    }

    [Fact]
    public async Task A_node_that_stops_says_so_to_every_connection()
    {
        await using var stopping = await TestNode.StartReadyAsync();
        using var first = await TestSocket.OpenAsync(stopping.Client);
        using var second = await TestSocket.OpenAsync(stopping.Client);

        var stop = stopping.StopAsync();

        Assert.Equal(1001, await first.UntilClosedAsync());
        Assert.Equal(1001, await second.UntilClosedAsync());
        await Task.WhenAll(first.CloseAsync(), second.CloseAsync());
        await stop.WaitAsync(TestClient.Patience);
    }

    [Fact]
    public async Task A_connection_is_pinged_every_15_s_and_ends_after_30_s_of_silence()
    {
        var time = new SteppedTime();
        await using var timed = await TestNode.StartAsync(more: services => services.AddSingleton<TimeProvider>(time));
        await using var silent = await RawSocket.OpenAsync(timed.Client);
        await using var answering = await RawSocket.OpenAsync(timed.Client);
        await silent.RequirePongAsync();
        await answering.RequirePongAsync();

        Step(time, 15);
        Assert.Equal(RawSocket.Ping, (await silent.ReadAsync()).Opcode);
        Assert.Equal(RawSocket.Ping, (await answering.ReadAsync()).Opcode);
        await answering.SendAsync(RawSocket.Pong, []);
        await answering.RequirePongAsync(); // What was sent before it has been read, too.
        Step(time, 15);

        Assert.Equal((RawSocket.Close, 4002), await silent.ReadCloseAsync());
        Assert.Equal(RawSocket.Ping, (await answering.ReadAsync()).Opcode);
        await answering.RequirePongAsync();
    }

    [Fact]
    public async Task Nobody_is_waited_for_longer_than_the_time_to_sign_in()
    {
        var time = new SteppedTime();
        await using var timed = await TestNode.StartAsync(
            ["--Auth:Mode=on"], more: services => services.AddSingleton<TimeProvider>(time));
        using var nobody = await TestSocket.OpenAsync(timed.Client);
        (await nobody.AskAsync("""{"op":"ping"}""")).Expect("pong");

        Step(time, 4);
        (await nobody.AskAsync("""{"op":"ping"}""")).Expect("pong");
        Step(time, 1);

        Assert.Equal(4001, await nobody.UntilClosedAsync());
    }

    private static void Step(SteppedTime time, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            time.Step();
        }
    }
}
