using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ReplicatedBook.Benchmarks.Cluster.Wire;

/// <summary>One connection of a load: a socket, a protocol, at most one request under way. One owner.</summary>
internal sealed class WireConnection : IWireEnd, IDisposable
{
    private readonly IWireProtocol _protocol;
    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private byte[] _input = new byte[16 << 10];
    private int _filled;

    public WireConnection(IPEndPoint endpoint, IWireProtocol protocol)
    {
        _protocol = protocol;
        Socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(endpoint);
        protocol.Greet(_output);
        SendOutput();
    }

    /// <inheritdoc/>
    public Socket Socket { get; }

    /// <summary>When the request under way was due; as <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long Since { get; private set; }

    /// <summary>When it was sent: later than due when no connection was free.</summary>
    public long SentAt { get; private set; }

    /// <summary>Whether a request is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Sends the next request.</summary>
    /// <param name="since">When it was due.</param>
    public void Send(long since)
    {
        Since = since;
        SentAt = Stopwatch.GetTimestamp();
        IsBusy = true;
        _protocol.WriteRequest(_output);
        SendOutput();
    }

    /// <summary>Takes what has come; to be called when the socket is readable.</summary>
    /// <returns>The answer to the request under way, once it is whole; a failure when the connection has
    /// ended.</returns>
    public WireAnswer? Receive()
    {
        if (_filled == _input.Length)
        {
            Array.Resize(ref _input, 2 * _input.Length);
        }

        int received;
        try
        {
            received = Socket.Receive(_input, _filled, _input.Length - _filled, SocketFlags.None);
        }
        catch (SocketException)
        {
            received = 0;
        }

        if (received == 0)
        {
            IsBusy = false;
            HasEnded = true;
            return new WireAnswer(WireOutcome.Failed, 0);
        }

        _filled += received;
        var isWhole = _protocol.TryReadAnswer(_input.AsSpan(0, _filled), _output, out var answer, out var taken);
        _filled -= taken;
        _input.AsSpan(taken, _filled).CopyTo(_input);
        SendOutput();
        IsBusy &= !isWhole;
        return isWhole ? answer : null;
    }

    /// <inheritdoc/>
    public bool HasEnded { get; private set; }

    public void Dispose() => Socket.Dispose();

    private void SendOutput()
    {
        var bytes = _output.WrittenSpan;
        while (bytes.Length > 0)
        {
            try
            {
                bytes = bytes[Socket.Send(bytes)..];
            }
            catch (SocketException)
            {
                break; // Reading says so next.
            }
        }

        _output.ResetWrittenCount();
    }
}
