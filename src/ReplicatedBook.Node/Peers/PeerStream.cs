using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ReplicatedBook.Node.Peers;

/// <summary>The bytes of a connection that a peer has made, for the one thread that reads them: it waits in the
/// kernel.</summary>
/// <remarks>A plain network stream would wait too, but since answers go out without waiting it asks another thread to.
/// TLS reads through it as well: what it holds back is not seen by looking at the socket from outside.</remarks>
internal sealed class PeerStream(Socket socket) : NetworkStream(socket, ownsSocket: false)
{
    private long _began;
    private TimeSpan _limit = Timeout.InfiniteTimeSpan;

    /// <summary>The peer's address.</summary>
    public EndPoint? Remote { get; } = socket.RemoteEndPoint;

    /// <summary>From now on bytes must have come within this time, all together; infinite for no limit.</summary>
    public void LimitReading(TimeSpan limit) => (_began, _limit) = (Stopwatch.GetTimestamp(), limit);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The time is over.</exception>
    public override int Read(Span<byte> buffer)
    {
        var wait = Timeout.InfiniteTimeSpan;
        if (_limit != wait)
        {
            wait = _limit - Stopwatch.GetElapsedTime(_began);
            wait = wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }

        if (!Socket.Poll(wait, SelectMode.SelectRead))
        {
            throw new InvalidDataException("it did not greet");
        }

        // Not the base's: in a derived stream that calls the other overload, which is this again.
        var read = Socket.Receive(buffer, SocketFlags.None, out var error);
        return error == SocketError.Success ? read : throw new IOException($"it broke: {error}");
    }
}
