using System.Buffers;
using System.Runtime.InteropServices;
using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;
using Xunit;

namespace ReplicatedBook.Node.Tests.Peers;

public sealed class PeerFrameTests
{
    [Fact]
    public void A_frame_is_laid_out_as_documented()
    {
        // Length 3 (type and two bytes), CRC-32C of 02 AA BB by a foreign implementation, type 2, content.
        Assert.Equal("03000000" + "28C28E3A" + "02" + "AABB", Convert.ToHexString(Frame(0xAA, 0xBB)));
    }

    [Fact]
    public void Frames_come_back_whole_however_the_stream_is_cut()
    {
        var bytes = Frame(1, 2, 3).Concat(Frame(4)).ToArray();
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var buffer = new ReadOnlySequence<byte>(bytes, 0, cut);
            var read = 0;
            while (PeerFrame.TryRead(ref buffer, new ByteArena(), out var type, out var content))
            {
                Assert.Equal(PeerFrameType.Message, type);
                Assert.Equal(read++ == 0 ? [1, 2, 3] : new byte[] { 4 }, content.ToArray());
            }

            Assert.Equal(cut < 12 ? 0 : cut < bytes.Length ? 1 : 2, read);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_never_taken_for_a_frame()
    {
        var whole = Frame(1, 2, 3);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var buffer = new ReadOnlySequence<byte>(damaged);
            try
            {
                // A longer length waits for more bytes.
                Assert.False(PeerFrame.TryRead(ref buffer, new ByteArena(), out _, out _));
            }
            catch (InvalidDataException)
            {
                // Seen, and the connection ends.
            }
        }
    }

    [Fact]
    public void A_frame_beyond_the_limit_is_refused_before_it_is_awaited()
    {
        var buffer = new ReadOnlySequence<byte>([0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0]);

        Assert.Throws<InvalidDataException>(() => PeerFrame.TryRead(ref buffer, new ByteArena(), out _, out _));
    }

    [Fact]
    public void A_greeting_comes_back_and_other_bytes_are_none()
    {
        var hello = new PeerHello("cluster", new NodeId("n1"), new NodeId("n2"));
        var buffer = new ArrayBufferWriter<byte>();
        hello.Write(buffer);

        Assert.Equal(hello, PeerHello.Read(buffer.WrittenSpan));
        Assert.Null(PeerHello.Read(buffer.WrittenSpan[..^1]));
        Assert.Equal(hello, PeerHello.Read([0x95, 0x02, .. buffer.WrittenSpan[2..], 0xC0])); // A later one has more.
        Assert.Null(PeerHello.Read([0x94, 0x00, .. buffer.WrittenSpan[2..]]));
    }

    [Theory]
    [InlineData(PeerFrameType.Message, true)]
    [InlineData(PeerFrameType.Call, false)]
    [InlineData(PeerFrameType.Answer, false)]
    internal void Only_messages_are_put_where_things_are_kept_long(PeerFrameType type, bool isKept)
    {
        var kept = new ByteArena();
        var buffer = new ReadOnlySequence<byte>(Frame(type, 1, 2, 3));

        Assert.True(PeerFrame.TryRead(ref buffer, kept, out _, out var content));

        Assert.True(MemoryMarshal.TryGetArray(content, out var read));
        Assert.True(MemoryMarshal.TryGetArray<byte>(kept.Take(1), out var next));
        Assert.Equal(isKept, read.Array == next.Array);
        Assert.Equal([1, 2, 3], content.ToArray());
    }

    private static byte[] Frame(params byte[] content) => Frame(PeerFrameType.Message, content);

    private static byte[] Frame(PeerFrameType type, params byte[] content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var start = PeerFrame.Begin(buffer, type);
        buffer.Write(content);
        PeerFrame.End(buffer, start);
        return buffer.WrittenSpan.ToArray();
    }
}
