using System.Buffers;
using System.Buffers.Binary;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Peers;

/// <summary>What a peer writes and reads, for tests that play one.</summary>
internal static class PeerBytes
{
    public static byte[] Greeting(PeerHello hello)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var start = PeerFrame.Begin(buffer, PeerFrameType.Hello);
        hello.Write(buffer);
        PeerFrame.End(buffer, start);
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Frame(RaftMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var start = PeerFrame.Begin(buffer, PeerFrameType.Message);
        PeerMessageCodec.Write(buffer, message);
        PeerFrame.End(buffer, start);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A vote that no node gives without having believed the candidate.</summary>
    public static byte[] Vote(NodeId from, NodeId to, long term) =>
        Frame(new RequestVote(from, to, term, term, term, IsPreVote: false, IsTransfer: true));

    /// <summary>A call without content.</summary>
    public static byte[] Call(ulong number, PeerCallKind kind)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var start = PeerFrame.Begin(buffer, PeerFrameType.Call);
        BinaryPrimitives.WriteUInt64LittleEndian(buffer.GetSpan(8), number);
        buffer.Advance(8);
        buffer.Write([(byte)kind]);
        PeerFrame.End(buffer, start);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Waits for the answer to a call; its status.</summary>
    public static async Task<int> ReadAnswerAsync(Stream stream, ulong number, CancellationToken cancellation)
    {
        while (true)
        {
            if (await ReadAnyAnswerAsync(stream, cancellation) is { } answer)
            {
                Assert.Equal(number, answer.Number);
                return answer.Status;
            }
        }
    }

    /// <summary>Reads a frame; null when it is no answer.</summary>
    public static async Task<(ulong Number, int Status)?> ReadAnyAnswerAsync(
        Stream stream, CancellationToken cancellation)
    {
        var (type, content) = await ReadAsync(stream, cancellation);
        return type == PeerFrameType.Answer
            ? (BinaryPrimitives.ReadUInt64LittleEndian(content.Span), content.Span[8])
            : null;
    }

    public static async Task<RaftMessage?> ReadMessageAsync(Stream stream, CancellationToken cancellation)
    {
        var (type, content) = await ReadAsync(stream, cancellation);
        Assert.Equal(PeerFrameType.Message, type);
        return PeerMessageCodec.Read(content);
    }

    private static async Task<(PeerFrameType Type, ReadOnlyMemory<byte> Content)> ReadAsync(
        Stream stream, CancellationToken cancellation)
    {
        var header = new byte[PeerFrame.HeaderBytes];
        await stream.ReadExactlyAsync(header, cancellation);
        var frame = new byte[PeerFrame.HeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(header)];
        header.CopyTo(frame, 0);
        await stream.ReadExactlyAsync(frame.AsMemory(PeerFrame.HeaderBytes), cancellation);
        var buffer = new ReadOnlySequence<byte>(frame);
        Assert.True(PeerFrame.TryRead(ref buffer, new ByteArena(), out var type, out var content));
        return (type, content);
    }
}
