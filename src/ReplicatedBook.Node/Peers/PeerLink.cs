using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Peers;

/// <summary>The connection from this node to one peer: consensus messages and calls out, answers in, and
/// messages of a peer that has no other way; reconnects by itself.</summary>
/// <remarks>While there is no connection messages are dropped and calls refused: nothing is kept for later, so that a
/// dead peer costs no memory and an old request is never carried out long after its caller gave up.</remarks>
internal sealed partial class PeerLink(PeerAddress peer, PeerHello hello, ILogger logger) : IAsyncDisposable
{
    private const int MaxQueued = 4096;
    private const int MaxBytesPerWrite = 1 << 20;
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan IntroductionPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<ulong, PendingCall> _calls = new();
    private volatile Channel<object>? _queue;
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

    /// <summary>Sends a message, or drops it.</summary>
    /// <remarks>What the peer's build cannot read is dropped too.</remarks>
    public void Send(RaftMessage message)
    {
        if (PeerMessageCodec.NeededVersion(message) <= _version)
        {
            _queue?.Writer.TryWrite(message);
        }
    }

    /// <summary>Sends a call and waits for the answer.</summary>
    public async ValueTask<PeerAnswer> CallAsync(
        PeerCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var call = new PendingCall(Interlocked.Increment(ref _lastCall), kind, body);
        _calls[call.Number] = call;
        try
        {
            if (_queue is not { } queue || !queue.Writer.TryWrite(call))
            {
                return new PeerAnswer(PeerDelivery.NotSent, default);
            }

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
                or OperationCanceledException)
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
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token))
        {
            limit.CancelAfter(ConnectLimit);
            await socket.ConnectAsync(peer.Host, peer.Port, limit.Token);
        }

        await using var stream = new NetworkStream(socket, ownsSocket: false);
        var queue = Channel.CreateBounded<object>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var reading = ReadAnswersAsync(stream, broken);
        var introducing = Task.CompletedTask;
        try
        {
            _queue = queue;
            LogConnected(peer.Node.Value);
            introducing = IntroduceAsync(broken);
            await WriteAsync(stream, queue.Reader, broken.Token);
        }
        finally
        {
            if (!_stopping.IsCancellationRequested)
            {
                _events!.Lost(peer.Node);
            }

            _queue = null;
            queue.Writer.TryComplete();
            await broken.CancelAsync();
            await reading;
            BreakCalls(queue.Reader);
            await introducing;
            _version = PeerIntroduction.FirstVersion;
        }
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

    /// <summary>No call may wait for a connection that is gone: neither one that was sent nor one still in the
    /// queue.</summary>
    private void BreakCalls(ChannelReader<object> queue)
    {
        while (queue.TryRead(out _))
        {
        }

        foreach (var call in _calls.Values)
        {
            call.Broken();
        }
    }

    private async Task WriteAsync(NetworkStream stream, ChannelReader<object> queue, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        var start = PeerFrame.Begin(buffer, PeerFrameType.Hello);
        hello.Write(buffer);
        PeerFrame.End(buffer, start);
        await stream.WriteAsync(buffer.WrittenMemory, cancellation);
        while (await queue.WaitToReadAsync(cancellation))
        {
            buffer.ResetWrittenCount();
            while (buffer.WrittenCount < MaxBytesPerWrite && queue.TryRead(out var item))
            {
                Encode(buffer, item);
            }

            await stream.WriteAsync(buffer.WrittenMemory, cancellation);
        }
    }

    private static void Encode(ArrayBufferWriter<byte> buffer, object item)
    {
        int start;
        if (item is RaftMessage message)
        {
            start = PeerFrame.Begin(buffer, PeerFrameType.Message);
            PeerMessageCodec.Write(buffer, message);
        }
        else
        {
            var call = (PendingCall)item;
            call.MarkLeaving();
            start = PeerFrame.Begin(buffer, PeerFrameType.Call);
            var head = buffer.GetSpan(9);
            BinaryPrimitives.WriteUInt64LittleEndian(head, call.Number);
            head[8] = (byte)call.Kind;
            buffer.Advance(9);
            buffer.Write(call.Body.Span);
        }

        PeerFrame.End(buffer, start);
    }

    private async Task ReadAnswersAsync(NetworkStream stream, CancellationTokenSource broken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(broken.Token);
                var buffer = read.Buffer;
                while (PeerFrame.TryRead(ref buffer, out var type, out var content))
                {
                    TakeAnswer(type, content);
                }

                reader.AdvanceTo(buffer.Start, read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or InvalidDataException
            or OperationCanceledException)
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
                call.Answered(content[9..]);
            }
            else
            {
                call.Refused();
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
