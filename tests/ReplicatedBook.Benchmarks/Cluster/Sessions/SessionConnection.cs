using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ReplicatedBook.Benchmarks.Cluster.Wire;

namespace ReplicatedBook.Benchmarks.Cluster.Sessions;

/// <summary>One session of a load: a socket, a protocol, up to a window of orders under way. One owner.</summary>
internal sealed class SessionConnection : IWireEnd, IDisposable
{
    private readonly ISessionProtocol _protocol;
    private readonly ArrayBufferWriter<byte> _output = new(64 << 10);
    private readonly List<(long Number, WireOutcome Outcome)> _answers = [];
    private readonly Order[] _orders;
    private readonly Stack<int> _free;
    private byte[] _input = new byte[64 << 10];
    private int _filled;

    /// <param name="endpoint">The node.</param>
    /// <param name="protocol">Of the session; of nobody else.</param>
    /// <param name="window">Most orders under way.</param>
    public SessionConnection(IPEndPoint endpoint, ISessionProtocol protocol, int window)
    {
        _protocol = protocol;
        _orders = new Order[window];
        _free = new Stack<int>(Enumerable.Range(0, window));
        Socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(endpoint);
        protocol.Greet(_output);
        Flush();
        while (!protocol.IsOpen && !HasEnded)
        {
            Receive();
        }

        if (HasEnded)
        {
            throw new InvalidDataException("the server did not let the session begin");
        }
    }

    /// <inheritdoc/>
    public Socket Socket { get; }

    /// <inheritdoc/>
    public bool HasEnded { get; private set; }

    /// <summary>Orders without an answer yet.</summary>
    public int UnderWay => _orders.Length - _free.Count;

    /// <summary>Whether one more order can be sent.</summary>
    public bool HasRoom => _free.Count > 0 && !HasEnded;

    /// <summary>Writes the next order; it leaves with <see cref="Flush"/>.</summary>
    /// <param name="since">When it was due; as <see cref="Stopwatch.GetTimestamp"/>.</param>
    public void Write(long since)
    {
        var slot = _free.Pop();
        _orders[slot] = new Order(since, Stopwatch.GetTimestamp());
        _protocol.WriteOrder(_output, slot);
    }

    /// <summary>Sends what was written. The window is small enough for the sockets between to hold it.</summary>
    public void Flush()
    {
        var bytes = _output.WrittenSpan;
        while (bytes.Length > 0 && !HasEnded)
        {
            try
            {
                bytes = bytes[Socket.Send(bytes)..];
            }
            catch (SocketException)
            {
                HasEnded = true;
            }
        }

        _output.ResetWrittenCount();
    }

    /// <summary>Takes what has come; to be called when the socket is readable.</summary>
    /// <param name="tally">Where the answers are counted; null for none expected.</param>
    public void Receive(WireTally? tally = null)
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
            HasEnded = true;
            return;
        }

        _filled += received;
        _answers.Clear();
        var taken = _protocol.Read(_input.AsSpan(0, _filled), _output, _answers);
        _filled -= taken;
        _input.AsSpan(taken, _filled).CopyTo(_input);
        Flush();
        var now = Stopwatch.GetTimestamp();
        foreach (var (number, outcome) in _answers)
        {
            var order = _orders[(int)number];
            _free.Push((int)number);
            tally?.Count(
                new WireAnswer(outcome, outcome == WireOutcome.Done ? 1 : 0), order.Since, order.SentAt, now);
        }
    }

    public void Dispose() => Socket.Dispose();

    /// <summary>One under way.</summary>
    /// <param name="Since">When it was due.</param>
    /// <param name="SentAt">When it was written.</param>
    private readonly record struct Order(long Since, long SentAt);
}
