using System.Net;
using System.Net.Sockets;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Peers;

/// <summary>Takes connections from peers on their own port. Each is read by a thread of its own, so that consensus
/// waits neither for the pool nor for what clients do there.</summary>
internal sealed partial class PeerListener(
    NodeSettings settings, PeerIdentity identity, PeerSecurity security, RaftReplicatedLog log,
    PeerTransport transport, IPeerCallHandler calls, ILogger<PeerListener> logger) : IAsyncDisposable
{
    /// <summary>More than any cluster has members; further ones are closed, so that strangers cannot take all
    /// threads.</summary>
    private const int MaxConnections = 128;

    private const int MaxWaitingConnections = 512;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<PeerConnection> _connections = [];
    private Socket? _socket;
    private Task _accepting = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The port is in use, or the address is not one of this machine.</exception>
    public void Start()
    {
        var address = new IPEndPoint(IPAddress.Parse(settings.Peer.Address), settings.Peer.Port);
        try
        {
            _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                _socket.DualMode = true; // All addresses of both families, as Kestrel understands it.
            }

            _socket.Bind(address);
            _socket.Listen(MaxWaitingConnections);
        }
        catch (SocketException exception)
        {
            throw new IOException($"cannot listen for peers on {address}: {exception.Message}", exception);
        }

        LogListening(_socket.LocalEndPoint!);
        _accepting = AcceptAllAsync(_socket);
    }

    /// <summary>Stops to listen and ends all connections: a peer never ends one by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return; // The host stops it before its container disposes of it again.
        }

        _isDisposed = true;
        await _stopping.CancelAsync();
        await _accepting;
        _socket?.Dispose();
        PeerConnection[] ending;
        lock (_gate)
        {
            ending = [.. _connections];
        }

        foreach (var connection in ending)
        {
            connection.End();
        }

        await Task.WhenAll(ending.Select(connection => connection.Ended));
        _stopping.Dispose();
    }

    private async Task AcceptAllAsync(Socket listening)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Take(await listening.AcceptAsync(_stopping.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException exception)
            {
                LogNotTaken(exception.Message); // It is gone already, or this process has no handle left.
                await Task.Delay(RetryInterval, _stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Take(Socket socket)
    {
        lock (_gate)
        {
            if (_connections.Count == MaxConnections)
            {
                LogNotTaken($"there are {MaxConnections} already");
                socket.Dispose();
                return;
            }

            var connection = new PeerConnection(socket, identity, security, log, transport, calls, logger);
            _connections.Add(connection);
            connection.Start(Remove);
        }
    }

    private void Remove(PeerConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
        }
    }

    [LoggerMessage(EventId = 105, Level = LogLevel.Information, Message = "listening for peers on {Address}")]
    private partial void LogListening(EndPoint address);

    [LoggerMessage(EventId = 106, Level = LogLevel.Warning, Message = "a peer's connection was not taken: {Reason}")]
    private partial void LogNotTaken(string reason);
}
