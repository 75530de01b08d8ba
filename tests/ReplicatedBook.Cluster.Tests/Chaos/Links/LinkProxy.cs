using System.Net;
using System.Net.Sockets;
using ReplicatedBook.Cluster.Tests.Processes;

namespace ReplicatedBook.Cluster.Tests.Chaos.Links;

/// <summary>Stands between one node and one of its peers: carries the connections that the one makes to the other, and
/// can harm them. Safe from any thread.</summary>
/// <remarks>A node speaks to a peer over a connection of its own, so one proxy is one direction of consensus messages;
/// the answers to forwarded requests come back over the same connection and share its fate.</remarks>
internal sealed class LinkProxy : IAsyncDisposable
{
    private readonly PortLease _lease = PortLease.Take();
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly HashSet<LinkConnection> _connections = [];
    private readonly Task _accepting;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Begins to listen; passes everything on.</summary>
    /// <param name="target">Port on 127.0.0.1 to which it leads.</param>
    public LinkProxy(int target)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, _lease.Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the node must connect instead of to the peer.</summary>
    public int Port => _lease.Port;

    /// <summary>What it does now.</summary>
    public LinkMode Mode { get; private set; }

    /// <summary>How late bytes are with <see cref="LinkMode.Delay"/>.</summary>
    public TimeSpan Lateness { get; private set; }

    /// <summary>Ends when the mode changes.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Changes the mode. A connection that lost bytes is reset when the link passes bytes again, since its
    /// ends would no longer understand each other.</summary>
    public void Set(LinkMode mode, TimeSpan lateness = default)
    {
        LinkConnection[] ended;
        TaskCompletionSource changed;
        lock (_gate)
        {
            (Mode, Lateness) = (mode, lateness);
            ended = [.. _connections.Where(connection =>
                mode == LinkMode.Reset || (mode != LinkMode.Drop && connection.HasLostBytes))];
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.TrySetResult();
        foreach (var connection in ended)
        {
            connection.Reset();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        Set(LinkMode.Reset);
        await _accepting;
        LinkConnection[] left;
        lock (_gate)
        {
            left = [.. _connections];
        }

        await Task.WhenAll(left.Select(connection => connection.Ended));
        _lease.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                var connection = new LinkConnection(this, socket, _target);
                lock (_gate)
                {
                    _connections.Add(connection);
                }

                _ = CarryAsync(connection);
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException
                or ObjectDisposedException)
            {
                // The connection broke before it was taken, or the proxy ends.
            }
        }
    }

    private async Task CarryAsync(LinkConnection connection)
    {
        await connection.RunAsync(_stopping.Token);
        lock (_gate)
        {
            _connections.Remove(connection);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
