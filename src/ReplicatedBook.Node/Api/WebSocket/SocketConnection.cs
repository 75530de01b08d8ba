using System.Net.WebSockets;
using System.Threading.Channels;
using ReplicatedBook.Replication;
using Limits = ReplicatedBook.Node.Options.WebSocketOptions;
using Socket = System.Net.WebSockets.WebSocket;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>One connection's frames: reads messages one by one, writes them from a bounded queue, pings, notices
/// silence, and closes once, for the first reason there is.</summary>
/// <remarks>Closing may be asked for by any thread, and so may sending. What was queued before the reason to close
/// came is still written.</remarks>
internal sealed partial class SocketConnection : IDisposable
{
    private const int UsualMessageBytes = 4096;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>How long the other side has to take what was queued and to answer the close frame.</summary>
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly Socket _socket;
    private readonly SocketStream _stream;
    private readonly Limits _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<byte[]> _outbox;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<SocketClosing> _closing =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task _pinging = Task.CompletedTask;

    /// <summary>Takes over a connection after its handshake.</summary>
    public SocketConnection(
        Socket socket, SocketStream stream, Limits options, TimeProvider time, ILogger logger)
    {
        (_socket, _stream, _options, _time, _logger) = (socket, stream, options, time, logger);
        _outbox = Channel.CreateBounded<byte[]>(
            new BoundedChannelOptions(options.MaxWaitingMessages) { SingleReader = true });
    }

    /// <summary>Cancelled as soon as there is a reason to close.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Ends the connection; the first reason is the one that is told.</summary>
    public void Close(SocketClosing closing) => _closing.TrySetResult(closing);

    /// <summary>Ends the connection because something failed here.</summary>
    public void Fail(Exception failure)
    {
        if (failure is ReplicaStoppedException)
        {
            Close(SocketClosing.Stopping);
            return;
        }

        LogFailed(failure);
        Close(SocketClosing.Failed);
    }

    /// <summary>Queues a message; waits while the queue is full. Of a connection that ends it is dropped.</summary>
    public async ValueTask SendAsync(byte[] message)
    {
        try
        {
            await _outbox.Writer.WriteAsync(message, _ended.Token);
        }
        catch (Exception over) when (over is ChannelClosedException or OperationCanceledException)
        {
            // Nobody is left who would read it.
        }
    }

    /// <summary>Runs until the connection is closed.</summary>
    /// <param name="take">Takes a message, whose bytes hold until it returns; nothing is read meanwhile.</param>
    /// <param name="look">Is called about every second.</param>
    /// <param name="abort">Breaks the connection below.</param>
    public async Task RunAsync(
        Func<ReadOnlyMemory<byte>, ValueTask> take, Func<ValueTask> look, Action abort)
    {
        var (watching, sending, receiving) = (WatchAsync(look), WriteAsync(), ReceiveAsync(take));
        var closing = await _closing.Task;
        _outbox.Writer.TryComplete();
        await _ended.CancelAsync();
        if (!await TryCloseAsync(closing, sending, receiving))
        {
            abort();
        }

        await Task.WhenAll(receiving, sending, watching, _pinging);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _ended.Dispose();
    }

    private async Task<bool> TryCloseAsync(SocketClosing closing, Task sending, Task receiving)
    {
        using var patience = new CancellationTokenSource(ClosePatience, _time);
        try
        {
            await sending.WaitAsync(patience.Token);
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(closing.Status, closing.Reason, patience.Token);
            }

            await receiving.WaitAsync(patience.Token);
            if (_socket.CloseStatus is null)
            {
                // The other side has not closed: the framework has, because of what came. To end the connection with
                // bytes unread would reset it, and take the close frame from the other side (RFC 9112, 9.6).
                await _stream.ReadToEndAsync(patience.Token);
            }

            return true;
        }
        catch (Exception failure) when (IsOfConnection(failure))
        {
            return false;
        }
    }

    private async Task ReceiveAsync(Func<ReadOnlyMemory<byte>, ValueTask> take)
    {
        try
        {
            while (await ReadAsync() is { } message)
            {
                if (!_closing.Task.IsCompleted)
                {
                    await TakeAsync(take, message);
                }
            }

            Close(SocketClosing.Answered);
        }
        catch (Exception failure) when (IsOfConnection(failure))
        {
            Close(SocketClosing.Answered);
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    private async ValueTask TakeAsync(
        Func<ReadOnlyMemory<byte>, ValueTask> take, ReadOnlyMemory<byte> message)
    {
        try
        {
            await take(message);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // What still comes is read until the other side closes, too, and goes nowhere.
        }
    }

    /// <summary>Reads a message.</summary>
    /// <returns>Null when the other side closes.</returns>
    private async ValueTask<ReadOnlyMemory<byte>?> ReadAsync()
    {
        var buffer = new byte[UsualMessageBytes];
        var length = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            switch (read.MessageType)
            {
                case WebSocketMessageType.Close:
                    return null;
                case WebSocketMessageType.Binary:
                    Close(SocketClosing.NotText);
                    break;
            }

            length += read.Count;
            if (read.EndOfMessage)
            {
                return buffer.AsMemory(0, length);
            }

            if (length >= _options.MaxMessageBytes)
            {
                Close(SocketClosing.TooBig);
                length = 0; // What still comes of it is not kept.
            }
            else if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(2 * buffer.Length, _options.MaxMessageBytes));
            }
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var message in _outbox.Reader.ReadAllAsync(CancellationToken.None))
            {
                await _socket.SendAsync(
                    message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
        }
        catch (Exception failure) when (IsOfConnection(failure))
        {
            Close(SocketClosing.Answered);
        }
    }

    private async Task WatchAsync(Func<ValueTask> look)
    {
        using var clock = new PeriodicTimer(Step, _time);
        var pingedAt = _time.GetTimestamp();
        try
        {
            while (await clock.WaitForNextTickAsync(_ended.Token))
            {
                if (_stream.Silence >= _options.SilenceTimeout)
                {
                    Close(SocketClosing.Silent);
                    return;
                }

                if (_time.GetElapsedTime(pingedAt) >= _options.PingInterval && _pinging.IsCompleted)
                {
                    pingedAt = _time.GetTimestamp();
                    _pinging = PingAsync(); // Not awaited: who does not read must still be found silent.
                }

                await look();
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // That is how it ends.
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    private async Task PingAsync()
    {
        try
        {
            await _stream.PingAsync(_ended.Token);
        }
        catch (Exception failure) when (IsOfConnection(failure))
        {
            Close(SocketClosing.Answered);
        }
    }

    /// <summary>What a connection that breaks shows itself as.</summary>
    private static bool IsOfConnection(Exception failure) =>
        failure is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException;

    [LoggerMessage(EventId = 220, Level = LogLevel.Error, Message = "a WebSocket connection failed")]
    private partial void LogFailed(Exception failure);
}
