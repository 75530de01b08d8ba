using System.Net;
using System.Net.Sockets;
using ReplicatedBook.Cluster.Tests.Chaos.Links;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Chaos.Tests;

/// <summary>Goal: a harmed link does what its mode says. Method: one connection through a proxy to a listener of the
/// test.</summary>
public sealed class LinkProxyTests : IAsyncLifetime
{
    private readonly TcpListener _peer = new(IPAddress.Loopback, 0);
    private LinkProxy _proxy = null!;

    public ValueTask InitializeAsync()
    {
        _peer.Start();
        _proxy = new LinkProxy(((IPEndPoint)_peer.LocalEndpoint).Port);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _peer.Dispose();
    }

    [Theory]
    [InlineData((int)LinkMode.Pass)]
    [InlineData((int)LinkMode.Delay)]
    public async Task Bytes_pass_both_ways(int mode)
    {
        _proxy.Set((LinkMode)mode, TimeSpan.FromMilliseconds(20));
        var (near, far) = await ConnectAsync();
        await near.SendAsync(new byte[] { 1, 2 });
        Assert.Equal([1, 2], await ReceiveAsync(far));
        await far.SendAsync(new byte[] { 3 });
        Assert.Equal([3], await ReceiveAsync(near));
    }

    [Fact]
    public async Task Swallowed_bytes_end_the_connection_when_the_link_is_healed()
    {
        var (near, far) = await ConnectAsync();
        _proxy.Set(LinkMode.Drop);
        await near.SendAsync(new byte[] { 1 });
        var received = ReceiveAsync(far);
        using var unheard = await SwallowedAsync();
        Assert.False(received.IsCompleted);

        _proxy.Set(LinkMode.Pass);
        await Assert.ThrowsAsync<SocketException>(() => received);
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(near));
    }

    [Fact]
    public async Task Held_bytes_arrive_in_order_when_the_link_is_healed()
    {
        var (near, far) = await ConnectAsync();
        _proxy.Set(LinkMode.Hold);
        await near.SendAsync(new byte[] { 1 });
        var received = ReceiveAsync(far);
        _proxy.Set(LinkMode.Pass);
        Assert.Equal([1], await received);
        await near.SendAsync(new byte[] { 2 });
        Assert.Equal([2], await ReceiveAsync(far));
    }

    [Fact]
    public async Task A_reset_ends_connections_and_refuses_new_ones()
    {
        var (near, far) = await ConnectAsync();
        _proxy.Set(LinkMode.Reset);
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(near));
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(far));

        await Assert.ThrowsAsync<SocketException>(async () => await ReceiveAsync(await OpenAsync()));
    }

    /// <summary>A connection made while everything is swallowed: it is taken, and nobody learns of it.</summary>
    private async Task<Socket> SwallowedAsync()
    {
        var socket = await OpenAsync();
        await socket.SendAsync(new byte[] { 1 });
        Assert.False(_peer.Pending());
        return socket;
    }

    private async Task<(Socket Near, Socket Far)> ConnectAsync()
    {
        var near = await OpenAsync();
        return (near, await _peer.AcceptSocketAsync(TestContext.Current.CancellationToken));
    }

    private async Task<Socket> OpenAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _proxy.Port, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[16];
        var count = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return buffer[..count];
    }
}
