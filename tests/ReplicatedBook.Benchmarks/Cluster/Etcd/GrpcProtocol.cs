using System.Buffers;
using System.Buffers.Binary;
using ReplicatedBook.Benchmarks.Cluster.Wire;

namespace ReplicatedBook.Benchmarks.Cluster.Etcd;

/// <summary>gRPC over HTTP/2 (RFC 9113), as little of it as unary calls to etcd need, one at a time: so that the load
/// on etcd is as lean as the load on our nodes.</summary>
/// <param name="path">Of the method, such as <c>/etcdserverpb.KV/Put</c>.</param>
/// <param name="writeMessage">Writes a request message.</param>
internal sealed class GrpcProtocol(string path, Action<ArrayBufferWriter<byte>> writeMessage) : IWireProtocol
{
    private const int MessageHeader = 5;

    private readonly ArrayBufferWriter<byte> _message = new(256);
    private int _stream = -1;
    private bool _hasMessage;

    /// <inheritdoc/>
    public void Greet(ArrayBufferWriter<byte> output) => Http2.Greet(output);

    /// <inheritdoc/>
    public void WriteRequest(ArrayBufferWriter<byte> output)
    {
        _stream += 2;
        _hasMessage = false;
        Http2.WriteHeaders(output, _stream, path);
        _message.ResetWrittenCount();
        _message.Write(stackalloc byte[MessageHeader]);
        writeMessage(_message);
        var bytes = _message.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), bytes.Length - MessageHeader);
        Http2.WriteData(output, _stream, bytes, isLast: true);
    }

    /// <inheritdoc/>
    public bool TryReadAnswer(
        ReadOnlySpan<byte> input, ArrayBufferWriter<byte> output, out WireAnswer answer, out int taken)
    {
        (answer, taken) = (default, 0);
        while (Http2.TryRead(input[taken..], out var frame))
        {
            taken += frame.WholeLength;
            if (frame.Type == Http2.Data)
            {
                _hasMessage |= frame.Content.Length > MessageHeader;
            }
            else if (Http2.EndsCall(in frame))
            {
                // A failed call has a status and no message; one that succeeded has both.
                var outcome = _hasMessage ? WireOutcome.Done : WireOutcome.Failed;
                answer = new WireAnswer(outcome, _hasMessage ? 1 : 0);
                return true;
            }
            else
            {
                Http2.Reply(in frame, output);
            }
        }

        return false;
    }
}
