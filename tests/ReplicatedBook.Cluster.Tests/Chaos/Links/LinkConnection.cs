using System.Net;
using System.Net.Sockets;

namespace ReplicatedBook.Cluster.Tests.Chaos.Links;

/// <summary>One connection through a proxy.</summary>
internal sealed class LinkConnection(LinkProxy proxy, Socket near, int target)
{
    private readonly Socket _far = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _hasLostBytes;

    /// <summary>Whether bytes were swallowed, so that its ends no longer understand each other.</summary>
    public bool HasLostBytes => _hasLostBytes;

    /// <summary>Ends with the connection.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Carries bytes both ways until one side ends or the connection is reset.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        near.NoDelay = true;
        try
        {
            if (proxy.Mode == LinkMode.Reset)
            {
                return;
            }

            if (proxy.Mode == LinkMode.Drop)
            {
                await SwallowAsync(stopping);
            }
            else
            {
                await _far.ConnectAsync(IPAddress.Loopback, target, stopping);
                await Task.WhenAny(PumpAsync(near, _far, stopping), PumpAsync(_far, near, stopping));
            }
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            // What the nodes see is the end of their connection.
        }
        finally
        {
            Reset();
            _ended.TrySetResult();
        }
    }

    /// <summary>Ends it with a reset on both sides.</summary>
    public void Reset()
    {
        Reset(near);
        Reset(_far);
    }

    private async Task SwallowAsync(CancellationToken stopping)
    {
        _hasLostBytes = true;
        var buffer = new byte[1 << 14];
        while (await near.ReceiveAsync(buffer, stopping) > 0)
        {
        }
    }

    private async Task PumpAsync(Socket from, Socket to, CancellationToken stopping)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.ReceiveAsync(buffer, stopping) is > 0 and var count)
            {
                while (proxy.Mode == LinkMode.Hold)
                {
                    var changed = proxy.Changed;
                    if (proxy.Mode == LinkMode.Hold)
                    {
                        await changed.WaitAsync(stopping);
                    }
                }

                if (proxy.Mode == LinkMode.Delay)
                {
                    await Pause.ForAsync(proxy.Lateness, stopping);
                }

                if (proxy.Mode == LinkMode.Drop)
                {
                    _hasLostBytes = true;
                }
                else
                {
                    await SendAllAsync(to, buffer.AsMemory(0, count), stopping);
                }
            }
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            // The other pump is ended by the reset that follows.
        }
    }

    private static async Task SendAllAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken stopping)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, stopping)..];
        }
    }

    private static bool IsEnd(Exception failure) =>
        failure is SocketException or ObjectDisposedException or OperationCanceledException;

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0); // Closing then sends a reset instead of an orderly end.
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // It is closed or was never connected.
        }

        socket.Dispose();
    }
}
