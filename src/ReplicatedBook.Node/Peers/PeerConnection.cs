using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Threading.Channels;
using ReplicatedBook.Consensus;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Peers;

/// <summary>A connection that a peer has made: messages go to the replica, calls to their handler; answers, and
/// messages to a peer without a link, go back.</summary>
internal sealed partial class PeerConnection(
    Socket socket, PeerIdentity identity, PeerSecurity security, RaftReplicatedLog log, PeerTransport transport,
    IPeerCallHandler calls, ILogger logger)
{
    private const int MaxCallsAtOnce = 4096;
    private static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(5);

    private readonly Channel<PeerReturn> _returns = Channel.CreateUnbounded<PeerReturn>();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _callsUnderWay;

    /// <summary>Completes when nothing is done for it any more, but for calls under way.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Begins to read, on a thread of its own.</summary>
    /// <param name="ended">Called at the end, on that thread.</param>
    public void Start(Action<PeerConnection> ended) =>
        new Thread(() => Run(ended)) { Name = "peer", IsBackground = true }.Start();

    /// <summary>Makes it end soon.</summary>
    public void End()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both); // Wakes the thread that waits for bytes.
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    private void Run(Action<PeerConnection> ended)
    {
        using var closed = new CancellationTokenSource();
        var remote = "unknown";
        var writing = Task.CompletedTask;
        Stream? stream = null;
        try
        {
            socket.NoDelay = true;
            EndWhenPeerIsGone();
            remote = socket.RemoteEndPoint?.ToString() ?? remote;
            var connection = new PeerStream(socket);
            connection.LimitReading(GreetingLimit);
            stream = security.Accept(connection, out var proved);
            var reader = new PeerFrameReader(stream);
            var peer = Greet(reader, proved);
            connection.LimitReading(Timeout.InfiniteTimeSpan);
            writing = WriteReturnsAsync(stream, closed.Token);
            Read(peer, reader, closed.Token);
            LogEnded(remote, "closed by the peer");
        }
        catch (PeerRefusedException)
        {
            // Told already, and not for every time that it tries again.
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or SocketException)
        {
            LogEnded(remote, exception.Message);
        }
        catch (Exception exception)
        {
            LogDefect(remote, exception);
        }

        socket.Dispose();
        closed.Cancel();
        _returns.Writer.TryComplete();
        writing.Wait(CancellationToken.None);
        stream?.Dispose(); // Nobody writes any more.
        ended(this);
        _ended.SetResult();
    }

    /// <summary>A peer that lost power, or was cut off, never says that its connection has ended.</summary>
    private void EndWhenPeerIsGone()
    {
        const int QuietSeconds = 10;
        const int ProbeSeconds = 5;
        const int Probes = 3;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, QuietSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
    }

    private void Read(NodeId peer, PeerFrameReader reader, CancellationToken closed)
    {
        transport.Connected(peer, _returns);
        try
        {
            do
            {
                while (reader.TryTake(out var type, out var content))
                {
                    Take(peer, type, content, closed);
                }
            }
            while (reader.TryReadMore());
        }
        finally
        {
            transport.Disconnected(peer, _returns);
        }
    }

    /// <summary>Whoever names the cluster and this node is heard, with TLS once it has proved its name: a node that
    /// joins knows nobody, and one that lags may not know the newest member. Consensus judges what each may
    /// say.</summary>
    private NodeId Greet(PeerFrameReader reader, NodeId? proved)
    {
        PeerFrameType type;
        ReadOnlyMemory<byte> content;
        while (!reader.TryTake(out type, out content))
        {
            if (!reader.TryReadMore())
            {
                throw new InvalidDataException("it did not greet");
            }
        }

        var hello = type == PeerFrameType.Hello ? PeerHello.Read(content.Span) : null;
        if (hello is null || hello.ClusterId != identity.ClusterId || hello.To != identity.Self
            || hello.From == identity.Self || !Membership.IsName(hello.From.Value))
        {
            throw new InvalidDataException($"a stranger's greeting: {hello}");
        }

        if (proved is { } named && named != hello.From)
        {
            throw security.Refused(
                socket.RemoteEndPoint, PeerRefusal.OtherNode,
                $"it says that it is {hello.From.Value}, and its certificate that it is {named.Value}");
        }

        return hello.From;
    }

    private void Take(NodeId peer, PeerFrameType type, ReadOnlyMemory<byte> content, CancellationToken closed)
    {
        switch (type)
        {
            case PeerFrameType.Message:
                if (PeerMessageCodec.Read(content) is not { } message || message.From != peer
                    || message.To != identity.Self)
                {
                    throw new InvalidDataException("not a message of this peer to this node");
                }

                log.Receive(message);
                break;
            case PeerFrameType.Call when content.Length >= 9:
                var number = BinaryPrimitives.ReadUInt64LittleEndian(content.Span);
                var kind = (PeerCallKind)content.Span[8];
                if (Interlocked.Increment(ref _callsUnderWay) <= MaxCallsAtOnce && MayCall(peer, kind))
                {
                    _ = CarryOutAsync(peer, number, kind, content[9..], closed);
                }
                else
                {
                    Interlocked.Decrement(ref _callsUnderWay);
                    _returns.Writer.TryWrite(new PeerReturn(number, PeerAnswerStatus.Refused, default));
                }

                break;
            default:
                throw new InvalidDataException($"unexpected frame {type}");
        }
    }

    /// <summary>Only members have anything carried out: not a node that was removed, nor one that was never added,
    /// however good its certificate is.</summary>
    private bool MayCall(NodeId peer, PeerCallKind kind) => kind == PeerCallKind.Introduce || transport.IsMember(peer);

    private async Task CarryOutAsync(
        NodeId peer, ulong number, PeerCallKind kind, ReadOnlyMemory<byte> content, CancellationToken closed)
    {
        try
        {
            var body = await calls.HandleAsync(peer, kind, content, closed);
            _returns.Writer.TryWrite(new PeerReturn(number, PeerAnswerStatus.Done, body));
        }
        catch (Exception exception)
        {
            // No answer: the caller must take it for unknown, and learns so when its time is up.
            LogCallFailed(peer.Value, exception);
        }

        Interlocked.Decrement(ref _callsUnderWay);
    }

    private async Task WriteReturnsAsync(Stream stream, CancellationToken closed)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        try
        {
            while (await _returns.Reader.WaitToReadAsync(closed))
            {
                buffer.ResetWrittenCount();
                while (_returns.Reader.TryRead(out var next))
                {
                    next.Encode(buffer);
                }

                await stream.WriteAsync(buffer.WrittenMemory, closed);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException
            or OperationCanceledException)
        {
            End(); // The peer is gone; its side breaks the calls.
        }
    }

    [LoggerMessage(EventId = 102, Level = LogLevel.Information,
        Message = "peer connection from {Remote} ended: {Reason}")]
    private partial void LogEnded(string remote, string reason);

    [LoggerMessage(EventId = 107, Level = LogLevel.Error,
        Message = "peer connection from {Remote} ended by a defect of this node")]
    private partial void LogDefect(string remote, Exception exception);

    [LoggerMessage(EventId = 103, Level = LogLevel.Error, Message = "a call of peer {Peer} failed")]
    private partial void LogCallFailed(string peer, Exception exception);
}
