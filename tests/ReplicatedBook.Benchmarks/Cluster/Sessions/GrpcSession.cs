using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;
using ReplicatedBook.Benchmarks.Cluster.Wire;
using ReplicatedBook.Contracts.Grpc;

namespace ReplicatedBook.Benchmarks.Cluster.Sessions;

/// <summary>Orders over the <c>Session</c> call of gRPC, as little of HTTP/2 (RFC 9113) as one endless call
/// needs.</summary>
internal sealed class GrpcSession : ISessionProtocol
{
    private const int MessageHeader = 5;
    private const int Stream = 1;
    private const int ReplyOrder = 3;
    private const int ReplyError = 7;

    private readonly OrderDraws _draws;
    private readonly PlaceOrderRequest _order;
    private readonly SessionRequest _request;
    private readonly ArrayBufferWriter<byte> _message = new(256);
    private byte[] _pending = new byte[64 << 10];
    private int _filled;

    public GrpcSession(LoadMarket market, OrderDraws draws)
    {
        _draws = draws;
        _order = new PlaceOrderRequest
        {
            AccountId = market.Account,
            Instrument = market.Symbol,
            Type = OrderType.Limit,
            Stp = Stp.None,
        };
        _request = new SessionRequest { Place = _order };
    }

    /// <inheritdoc/>
    public bool IsOpen { get; private set; }

    /// <inheritdoc/>
    public void Greet(ArrayBufferWriter<byte> output)
    {
        Http2.Greet(output);
        Http2.WriteHeaders(output, Stream, "/replicatedbook.v1.Trading/Session");
    }

    /// <inheritdoc/>
    public void WriteOrder(ArrayBufferWriter<byte> output, long number)
    {
        var order = _draws.Next();
        _order.Side = order.IsBuy ? Side.Buy : Side.Sell;
        _order.PriceTicks = 10_000 + order.Cents;
        _order.QtyLots = order.Lots;
        _order.ClientOrderId = order.Name;
        _request.Tag = (ulong)number + 1; // A zero would not be sent.
        var size = _request.CalculateSize();
        _message.ResetWrittenCount();
        var head = _message.GetSpan(MessageHeader);
        head[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], size);
        _message.Advance(MessageHeader);
        _request.WriteTo(_message);
        Http2.WriteData(output, Stream, _message.WrittenSpan);
    }

    /// <inheritdoc/>
    public int Read(
        ReadOnlySpan<byte> input, ArrayBufferWriter<byte> output, List<(long Number, WireOutcome Outcome)> answers)
    {
        var taken = 0;
        while (Http2.TryRead(input[taken..], out var frame))
        {
            taken += frame.WholeLength;
            IsOpen |= frame.Type == Http2.Settings;
            if (frame.Type == Http2.Data)
            {
                Keep(frame.Content);
                TakeMessages(answers);
            }
            else if (Http2.EndsCall(in frame))
            {
                throw new InvalidDataException("the server ended the session");
            }
            else
            {
                Http2.Reply(in frame, output);
            }
        }

        return taken;
    }

    private void Keep(ReadOnlySpan<byte> content)
    {
        if (_pending.Length < _filled + content.Length)
        {
            Array.Resize(ref _pending, 2 * (_filled + content.Length));
        }

        content.CopyTo(_pending.AsSpan(_filled));
        _filled += content.Length;
    }

    private void TakeMessages(List<(long Number, WireOutcome Outcome)> answers)
    {
        var at = 0;
        while (_filled - at >= MessageHeader)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(_pending.AsSpan(at + 1));
            if (_filled - at - MessageHeader < size)
            {
                break;
            }

            answers.Add(Answer(_pending.AsSpan(at + MessageHeader, size)));
            at += MessageHeader + size;
        }

        _filled -= at;
        _pending.AsSpan(at, _filled).CopyTo(_pending);
    }

    /// <summary>Looks at the tag and at which reply it is; what an order became need not be decoded.</summary>
    private static (long Number, WireOutcome Outcome) Answer(ReadOnlySpan<byte> message)
    {
        var key = Varint(ref message);
        if (key != 1 << 3)
        {
            throw new InvalidDataException("a reply without the tag of an order");
        }

        var number = (long)Varint(ref message) - 1;
        var outcome = (Varint(ref message) >> 3) switch
        {
            ReplyOrder => WireOutcome.Done,
            ReplyError when message.IndexOf("overloaded"u8) >= 0 => WireOutcome.Overloaded,
            _ => WireOutcome.Failed,
        };
        return (number, outcome);
    }

    private static ulong Varint(ref ReadOnlySpan<byte> text)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = text[0];
            text = text[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
