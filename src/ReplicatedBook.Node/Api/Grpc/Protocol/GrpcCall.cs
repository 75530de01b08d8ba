using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Google.Protobuf;
using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>One call under way: its metadata, its messages, its deadline.</summary>
/// <remarks>One thread at a time reads, and one writes.</remarks>
internal sealed class GrpcCall
{
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly int _maxMessageBytes;

    /// <summary>Begins a call.</summary>
    /// <param name="http">The request.</param>
    /// <param name="timeout">Of the client; null for none.</param>
    /// <param name="maxMessageBytes">Most bytes of a message.</param>
    /// <param name="time">Measures the deadline.</param>
    /// <param name="cancellation">That it is passed, or nobody waits any more.</param>
    public GrpcCall(
        HttpContext http, TimeSpan? timeout, int maxMessageBytes, TimeProvider time, CancellationToken cancellation)
    {
        Http = http;
        Timeout = timeout;
        Cancellation = cancellation;
        _maxMessageBytes = maxMessageBytes;
        _time = time;
        _started = time.GetTimestamp();
    }

    /// <summary>The request below.</summary>
    public HttpContext Http { get; }

    /// <summary>As the client gave it; null for none.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>What of it is left, at least a millisecond; null for none.</summary>
    public TimeSpan? Remaining => Timeout is { } timeout
        ? TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((timeout - _time.GetElapsedTime(_started)).TotalMilliseconds)))
        : null;

    /// <summary>That the deadline has passed, or nobody waits for the answer any more.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The credential with its scheme; null for none.</summary>
    public string? Authorization => Single("authorization");

    /// <summary>The client's name for a write; null for none.</summary>
    public string? IdempotencyKey => Single(WriteOptions.KeyParameter.Name);

    /// <summary>Names the call.</summary>
    public string RequestId => Http.TraceIdentifier;

    /// <summary>Where the connection comes from; null where no address is known.</summary>
    public IPAddress? Origin => Http.Connection.RemoteIpAddress;

    /// <summary>What comes.</summary>
    public PipeReader Input => Http.Request.BodyReader;

    /// <summary>What goes.</summary>
    public PipeWriter Output => Http.Response.BodyWriter;

    /// <summary>Reads the only message of a call.</summary>
    public async ValueTask<GrpcAnswer<T>> ReadOneAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        GrpcAnswer<T>? one = null;
        while (true)
        {
            var read = await Input.ReadAsync(Cancellation);
            var buffer = read.Buffer;
            if (one is null)
            {
                if (Frames.TryTake(ref buffer, _maxMessageBytes, out var message, out var fault))
                {
                    one = Frames.Parse(parser, message);
                }
                else if (fault is not null)
                {
                    return fault;
                }
            }

            if (one is not null && !buffer.IsEmpty)
            {
                return GrpcStatus.Malformed("the call takes one message");
            }

            Input.AdvanceTo(buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return one ?? GrpcStatus.Malformed(
                    buffer.IsEmpty ? "the call takes a message" : "the last frame breaks off");
            }
        }
    }

    /// <summary>Takes a message off what has come.</summary>
    /// <remarks>As <see cref="Frames.TryTake"/>, with the limit of this node.</remarks>
    public bool TryTake(
        ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message, out GrpcStatus? fault) =>
        Frames.TryTake(ref buffer, _maxMessageBytes, out message, out fault);

    /// <summary>Adds a message to what goes; it leaves with the next flush, or with the end of the call.</summary>
    public void Write(IMessage message) => Frames.Write(Output, message);

    /// <summary>Sends a message; waits while the client does not read.</summary>
    public async ValueTask SendAsync(IMessage message)
    {
        Write(message);
        await Output.FlushAsync(Cancellation);
    }

    /// <summary>Whether a metadata value was given more than once is none of our business: then it counts as not
    /// given.</summary>
    private string? Single(string name) => Http.Request.Headers[name] is [{ } value] ? value : null;
}
