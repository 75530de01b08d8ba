using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using ReplicatedBook.Consensus;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Peers;

/// <summary>Takes connections from peers: messages go to the replica, calls to their handler, answers and
/// messages to peers without a link back.</summary>
internal sealed partial class PeerConnectionHandler(
    PeerIdentity identity, RaftReplicatedLog log, PeerTransport transport, IPeerCallHandler calls,
    ILogger<PeerConnectionHandler> logger) : ConnectionHandler
{
    private const int MaxCallsAtOnce = 4096;

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        // A peer never ends its connection by itself, so a node that stops must do it, or it would wait for them all.
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(
            connection.ConnectionClosed,
            connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default);
        var answers = Channel.CreateUnbounded<PeerReturn>();
        var writing = WriteAnswersAsync(connection.Transport.Output, answers.Reader);
        try
        {
            await ReadAsync(connection.Transport.Input, answers, closed.Token);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or OperationCanceledException
            or ConnectionResetException or ConnectionAbortedException)
        {
            LogEnded(connection.RemoteEndPoint?.ToString() ?? "unknown", exception.Message);
        }

        await closed.CancelAsync();
        answers.Writer.TryComplete();
        await writing;
    }

    private async Task ReadAsync(PipeReader input, Channel<PeerReturn> returns, CancellationToken closed)
    {
        NodeId? from = null;
        try
        {
            await ReadAsync(input, returns, peer => transport.Connected((from = peer).Value, returns), closed);
        }
        finally
        {
            if (from is { } peer)
            {
                transport.Disconnected(peer, returns);
            }
        }
    }

    private async Task ReadAsync(
        PipeReader input, Channel<PeerReturn> returns, Action<NodeId> greeted, CancellationToken closed)
    {
        using var slots = new SemaphoreSlim(MaxCallsAtOnce, MaxCallsAtOnce);
        var kept = new ByteArena();
        NodeId? from = null;
        while (true)
        {
            var read = await input.ReadAsync(closed);
            var buffer = read.Buffer;
            while (PeerFrame.TryRead(ref buffer, kept, out var type, out var content))
            {
                if (from is not { } peer)
                {
                    from = peer = Greet(type, content);
                    greeted(peer);
                    continue;
                }

                Take(peer, type, content, returns.Writer, slots, closed);
            }

            input.AdvanceTo(buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>Whoever names the cluster and this node is heard: a node that joins knows nobody, and one that lags may
    /// not know the newest member. Consensus judges what each may say.</summary>
    private NodeId Greet(PeerFrameType type, ReadOnlyMemory<byte> content)
    {
        var hello = type == PeerFrameType.Hello ? PeerHello.Read(content.Span) : null;
        if (hello is null || hello.ClusterId != identity.ClusterId || hello.To != identity.Self
            || hello.From == identity.Self || !Membership.IsName(hello.From.Value))
        {
            throw new InvalidDataException($"a stranger's greeting: {hello}");
        }

        return hello.From;
    }

    private void Take(
        NodeId peer, PeerFrameType type, ReadOnlyMemory<byte> content, ChannelWriter<PeerReturn> answers,
        SemaphoreSlim slots, CancellationToken closed)
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
                if (slots.Wait(0, CancellationToken.None))
                {
                    _ = CarryOutAsync(peer, number, content, answers, slots, closed);
                }
                else
                {
                    answers.TryWrite(new PeerReturn(number, PeerAnswerStatus.Refused, default));
                }

                break;
            default:
                throw new InvalidDataException($"unexpected frame {type}");
        }
    }

    private async Task CarryOutAsync(
        NodeId peer, ulong number, ReadOnlyMemory<byte> content, ChannelWriter<PeerReturn> answers, SemaphoreSlim slots,
        CancellationToken closed)
    {
        try
        {
            var body = await calls.HandleAsync(peer, (PeerCallKind)content.Span[8], content[9..], closed);
            answers.TryWrite(new PeerReturn(number, PeerAnswerStatus.Done, body));
        }
        catch (Exception exception)
        {
            // No answer: the caller must take it for unknown, and learns so when its time is up.
            LogCallFailed(peer.Value, exception);
        }
        finally
        {
            try
            {
                slots.Release();
            }
            catch (ObjectDisposedException)
            {
                // The connection ended meanwhile; nobody waits for the slot.
            }
        }
    }

    private static async Task WriteAnswersAsync(PipeWriter output, ChannelReader<PeerReturn> answers)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        try
        {
            while (await answers.WaitToReadAsync())
            {
                buffer.ResetWrittenCount();
                while (answers.TryRead(out var answer))
                {
                    Encode(buffer, answer);
                }

                var flushed = await output.WriteAsync(buffer.WrittenMemory);
                if (flushed.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ConnectionResetException
            or ConnectionAbortedException or InvalidOperationException)
        {
            // The peer is gone; its side breaks the calls.
            await output.CompleteAsync(exception);
        }
    }

    private static void Encode(ArrayBufferWriter<byte> buffer, in PeerReturn answer)
    {
        if (answer.Message is { } message)
        {
            var begun = PeerFrame.Begin(buffer, PeerFrameType.Message);
            PeerMessageCodec.Write(buffer, message);
            PeerFrame.End(buffer, begun);
            return;
        }

        var start = PeerFrame.Begin(buffer, PeerFrameType.Answer);
        var head = buffer.GetSpan(9);
        BinaryPrimitives.WriteUInt64LittleEndian(head, answer.Number);
        head[8] = answer.Status;
        buffer.Advance(9);
        buffer.Write(answer.Body.Span);
        PeerFrame.End(buffer, start);
    }

    [LoggerMessage(EventId = 102, Level = LogLevel.Information,
        Message = "peer connection from {Remote} ended: {Reason}")]
    private partial void LogEnded(string remote, string reason);

    [LoggerMessage(EventId = 103, Level = LogLevel.Error, Message = "a call of peer {Peer} failed")]
    private partial void LogCallFailed(string peer, Exception exception);
}
