using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Authentication;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Peers;

/// <summary>The connection from this node to one peer: consensus messages and calls out, answers in, and
/// messages of a peer that has no other way; reconnects by itself.</summary>
/// <remarks>While there is no connection messages are dropped and calls refused: nothing is kept for later, so that a
/// dead peer costs no memory and an old request is never carried out long after its caller gave up.</remarks>
internal sealed partial class PeerLink(PeerAddress peer, PeerHello hello, PeerSecurity security, ILogger logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan IntroductionPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<ulong, PendingCall> _calls = new();
    private readonly Completions _ended = new(); // Owned by the loop that connects and reads.
    private volatile PeerOutbox? _outbox;
    private volatile int _version = PeerIntroduction.FirstVersion;
    private Task _running = Task.CompletedTask;
    private ulong _lastCall;
    private PeerEvents? _events;
    private bool _isDisposed;

    /// <summary>Where it leads.</summary>
    public PeerAddress Address => peer;

    /// <summary>Begins to connect, once.</summary>
    public void Start(PeerEvents events)
    {
        if (_events is null)
        {
            _events = events;
            _running = RunAsync();
        }
    }

    /// <summary>Takes a message for the next write, or drops it.</summary>
    /// <remarks>What the peer's build cannot read is dropped too.</remarks>
    public void Queue(RaftMessage message)
    {
        if (PeerMessageCodec.NeededVersion(message) <= _version)
        {
            _outbox?.TryAdd(message);
        }
    }

    /// <summary>Writes what was queued: on this thread when it is little.</summary>
    public void WriteQueued() => _outbox?.WriteNow();

    /// <summary>Sends a call and waits for the answer.</summary>
    public async ValueTask<PeerAnswer> CallAsync(
        PeerCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var call = new PendingCall(Interlocked.Increment(ref _lastCall), kind, body);
        _calls[call.Number] = call;
        try
        {
            if (_outbox is not { } outbox || !outbox.TryAdd(call))
            {
                return new PeerAnswer(PeerDelivery.NotSent, default);
            }

            outbox.WriteSoon(); // On the pool, so that the calls of one moment share a write.
            return await call.Answer.WaitAsync(cancellation);
        }
        finally
        {
            _calls.TryRemove(call.Number, out _);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return; // The host stops the link before its container disposes of it again.
        }

        _isDisposed = true;
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ConnectAndCarryAsync();
            }
            catch (Exception exception) when (exception is SocketException or IOException or InvalidDataException
                or AuthenticationException or OperationCanceledException)
            {
                LogDisconnected(peer.Node.Value, exception.Message);
            }

            await Task.Delay(ReconnectDelay, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConnectAndCarryAsync()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await using var stream = await ConnectAsync(socket);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        await stream.WriteAsync(Greeting(), broken.Token);
        var outbox = new PeerOutbox(
            bytes => stream.WriteAsync(bytes, broken.Token),
            exception =>
            {
                LogDisconnected(peer.Node.Value, exception.Message);
                broken.Cancel();
            });
        var introducing = Task.CompletedTask;
        try
        {
            _outbox = outbox;
            introducing = IntroduceAsync(broken);
            await ReadAnswersAsync(stream, broken);
        }
        finally
        {
            if (!_stopping.IsCancellationRequested)
            {
                _events!.Lost(peer.Node);
            }

            _outbox = null;
            outbox.Close();
            await broken.CancelAsync();
            await outbox.Idle;
            BreakCalls();
            await introducing;
            _version = PeerIntroduction.FirstVersion;
        }
    }

    private async Task<Stream> ConnectAsync(Socket socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        limit.CancelAfter(ConnectLimit);
        await socket.ConnectAsync(peer.Host, peer.Port, limit.Token);
        return await security.ConnectAsync(new NetworkStream(socket, ownsSocket: false), peer, limit.Token);
    }

    /// <summary>Learns which version the peer speaks; until then it is the first. Every connection anew: behind it may
    /// be another build.</summary>
    private async Task IntroduceAsync(CancellationTokenSource broken)
    {
        try
        {
            var own = PeerIntroduction.Own;
            var answer = await CallAsync(PeerCallKind.Introduce, own.ToBytes(), broken.Token);
            while (answer.Delivery == PeerDelivery.NotSent && !broken.IsCancellationRequested)
            {
                await Task.Delay(IntroductionPause, broken.Token); // The peer was too busy.
                answer = await CallAsync(PeerCallKind.Introduce, own.ToBytes(), broken.Token);
            }

            if (answer.Delivery != PeerDelivery.Answered)
            {
                return;
            }

            if (own.Negotiate(PeerIntroduction.Read(answer.Body.Span)) is { } version)
            {
                _version = version;
                LogConnected(peer.Node.Value);
            }
            else
            {
                LogNoCommonVersion(peer.Node.Value);
                await broken.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
    }

    /// <summary>No call may wait for a connection that is gone: neither one that was sent nor one that still
    /// waited.</summary>
    private void BreakCalls()
    {
        foreach (var call in _calls.Values)
        {
            _ended.Add(call.Broken);
        }

        _ended.Dispatch();
    }

    private ReadOnlyMemory<byte> Greeting()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var start = PeerFrame.Begin(buffer, PeerFrameType.Hello);
        hello.Write(buffer);
        PeerFrame.End(buffer, start);
        return buffer.WrittenMemory;
    }

    private async Task ReadAnswersAsync(Stream stream, CancellationTokenSource broken)
    {
        var kept = new ByteArena();
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(broken.Token);
                var buffer = read.Buffer;
                while (PeerFrame.TryRead(ref buffer, kept, out var type, out var content))
                {
                    TakeAnswer(type, content);
                }

                _ended.Dispatch();
                reader.AdvanceTo(buffer.Start, read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or InvalidDataException
            or AuthenticationException or OperationCanceledException)
        {
            LogDisconnected(peer.Node.Value, exception.Message);
        }

        await broken.CancelAsync();
    }

    private void TakeAnswer(PeerFrameType type, ReadOnlyMemory<byte> content)
    {
        if (type == PeerFrameType.Message)
        {
            if (PeerMessageCodec.Read(content) is not { } message || message.From != peer.Node
                || message.To != hello.From)
            {
                throw new InvalidDataException("not a message of this peer to this node");
            }

            _events!.Received(message);
            return;
        }

        if (type != PeerFrameType.Answer || content.Length < 9)
        {
            throw new InvalidDataException("not an answer");
        }

        var number = BinaryPrimitives.ReadUInt64LittleEndian(content.Span);
        if (_calls.TryGetValue(number, out var call))
        {
            if (content.Span[8] == PeerAnswerStatus.Done)
            {
                _ended.Add(() => call.Answered(content[9..]));
            }
            else
            {
                _ended.Add(call.Refused);
            }
        }
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "connected to peer {Peer}")]
    private partial void LogConnected(string peer);

    [LoggerMessage(EventId = 104, Level = LogLevel.Error,
        Message = "peer {Peer} speaks no version that this node does")]
    private partial void LogNoCommonVersion(string peer);

    [LoggerMessage(EventId = 101, Level = LogLevel.Debug, Message = "no connection to peer {Peer}: {Reason}")]
    private partial void LogDisconnected(string peer, string reason);
}
