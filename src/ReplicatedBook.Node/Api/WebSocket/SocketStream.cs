namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>The bytes below a WebSocket: knows when something last came, and puts pings between frames. The framework's
/// own pings follow its own clock and tell nobody of an answer.</summary>
/// <remarks>Whoever writes here writes whole frames, so that one at a time is enough to keep them apart. The connection
/// stays open when this is disposed of: it is the server's, which ends it after the request.</remarks>
internal sealed class SocketStream(Stream inner, TimeProvider time) : Stream
{
    private static readonly byte[] PingFrame = [0x89, 0x00]; // RFC 6455, 5.5.2: final, ping, unmasked, no payload.

    private readonly SemaphoreSlim _writing = new(1);
    private long _heardAt = time.GetTimestamp();
    private int _reading;

    /// <summary>How long nothing has come although it was waited for; zero while nobody waits.</summary>
    public TimeSpan Silence => Volatile.Read(ref _reading) == 0
        ? TimeSpan.Zero
        : time.GetElapsedTime(Volatile.Read(ref _heardAt));

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends a ping, unless something else is being written: then the other side has something to read
    /// already.</summary>
    public async ValueTask PingAsync(CancellationToken cancellation)
    {
        if (!_writing.Wait(0, CancellationToken.None))
        {
            return;
        }

        try
        {
            await inner.WriteAsync(PingFrame, cancellation);
            await inner.FlushAsync(cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Reads until the other side has ended, and keeps nothing. Works after the WebSocket has given
    /// up.</summary>
    public async Task ReadToEndAsync(CancellationToken cancellation)
    {
        var buffer = new byte[1024];
        while (await inner.ReadAsync(buffer, cancellation) != 0)
        {
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Who was not read from for a while had no chance to be heard.
        Volatile.Write(ref _heardAt, time.GetTimestamp());
        Volatile.Write(ref _reading, 1);
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException("asynchronous only");

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("asynchronous only");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("asynchronous only");

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
