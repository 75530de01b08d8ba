using System.Buffers;
using System.Buffers.Binary;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Peers;

/// <summary>What goes back over a connection that a peer has made: the answer to a call, or a message to the
/// peer.</summary>
/// <param name="Number">The call's number; 0 for a message.</param>
/// <param name="Status">How the call ended.</param>
/// <param name="Body">The answer's content.</param>
/// <param name="Message">The message; null for an answer.</param>
internal readonly record struct PeerReturn(ulong Number, byte Status, ReadOnlyMemory<byte> Body, RaftMessage? Message)
{
    /// <summary>The answer to a call.</summary>
    public PeerReturn(ulong number, byte status, ReadOnlyMemory<byte> body)
        : this(number, status, body, null)
    {
    }

    /// <summary>A message.</summary>
    public PeerReturn(RaftMessage message)
        : this(0, 0, default, message)
    {
    }

    /// <summary>Adds it to a buffer as a frame.</summary>
    public void Encode(ArrayBufferWriter<byte> destination)
    {
        int start;
        if (Message is { } message)
        {
            start = PeerFrame.Begin(destination, PeerFrameType.Message);
            PeerMessageCodec.Write(destination, message);
        }
        else
        {
            start = PeerFrame.Begin(destination, PeerFrameType.Answer);
            var head = destination.GetSpan(9);
            BinaryPrimitives.WriteUInt64LittleEndian(head, Number);
            head[8] = Status;
            destination.Advance(9);
            destination.Write(Body.Span);
        }

        PeerFrame.End(destination, start);
    }
}
