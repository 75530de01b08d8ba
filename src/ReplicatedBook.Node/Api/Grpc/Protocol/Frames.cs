using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;
using ReplicatedBook.Contracts;

namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>The frames of gRPC: one byte that says whether the message is compressed, four for its length, most significant
/// first, then the message. Nothing is compressed here.</summary>
internal static class Frames
{
    /// <summary>Bytes before a message.</summary>
    public const int HeadBytes = 5;

    /// <summary>Takes one frame off.</summary>
    /// <param name="buffer">What has come; afterwards without the frame, if there was a whole one.</param>
    /// <param name="maxBytes">Most bytes of a message.</param>
    /// <param name="message">The message; valid as long as the buffer.</param>
    /// <param name="fault">Why there can be no message, and so none after it; null when there may.</param>
    /// <returns>Whether a message was taken. Neither that nor a fault: more has to come.</returns>
    public static bool TryTake(
        ref ReadOnlySequence<byte> buffer, int maxBytes, out ReadOnlySequence<byte> message, out GrpcStatus? fault)
    {
        message = default;
        fault = null;
        if (buffer.Length < HeadBytes)
        {
            return false;
        }

        Span<byte> head = stackalloc byte[HeadBytes];
        buffer.Slice(0, HeadBytes).CopyTo(head);
        var length = BinaryPrimitives.ReadUInt32BigEndian(head[1..]);
        fault = head[0] switch
        {
            0 when length <= maxBytes => null,
            0 => GrpcStatus.Of(
                GrpcCode.ResourceExhausted, ProblemCodes.BodyTooLarge, $"a message has at most {maxBytes} bytes"),
            1 => GrpcStatus.Of(
                GrpcCode.Unimplemented, ProblemCodes.UnsupportedMediaType, "messages are not compressed: identity only"),
            _ => GrpcStatus.Malformed("the first byte of a frame must be 0"),
        };
        if (fault is not null || buffer.Length < HeadBytes + length)
        {
            return false;
        }

        message = buffer.Slice(HeadBytes, length);
        buffer = buffer.Slice(HeadBytes + length);
        return true;
    }

    /// <summary>Writes a message as a frame.</summary>
    public static void Write(IBufferWriter<byte> output, IMessage message)
    {
        var length = message.CalculateSize();
        var frame = output.GetSpan(HeadBytes + length)[..(HeadBytes + length)];
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], length);
        message.WriteTo(frame[HeadBytes..]);
        output.Advance(frame.Length);
    }

    /// <summary>Understands a message.</summary>
    public static GrpcAnswer<T> Parse<T>(MessageParser<T> parser, in ReadOnlySequence<byte> bytes)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException broken)
        {
            return GrpcStatus.Malformed(broken.Message);
        }
    }
}
