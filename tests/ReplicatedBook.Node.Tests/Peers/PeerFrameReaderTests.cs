using System.Buffers;
using ReplicatedBook.Node.Peers;
using Xunit;

namespace ReplicatedBook.Node.Tests.Peers;

/// <summary>Goal: frames come out as they went in, whatever their sizes and however they arrive. Method: a stream that
/// gives as much as it likes.</summary>
public sealed class PeerFrameReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Frames_come_out_as_they_went_in(int seed)
    {
        var random = new Random(seed);
        var frames = Enumerable.Range(0, 60).Select(i => Bytes(random, i % 20 == 0 ? 300_000 : 9_000)).ToList();
        var sent = new ArrayBufferWriter<byte>();
        foreach (var frame in frames)
        {
            var start = PeerFrame.Begin(sent, PeerFrameType.Message);
            sent.Write(frame);
            PeerFrame.End(sent, start);
        }

        var reader = new PeerFrameReader(new Trickle(sent.WrittenSpan.ToArray(), random));
        var taken = new List<ReadOnlyMemory<byte>>();
        while (reader.TryReadMore())
        {
            while (reader.TryTake(out _, out var content))
            {
                taken.Add(content);
            }
        }

        Assert.Equal(frames, taken.Select(frame => frame.ToArray())); // Those taken first are still what they were.
    }

    private static byte[] Bytes(Random random, int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    private sealed class Trickle(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) =>
            base.Read(buffer[..random.Next(1, Math.Min(buffer.Length, 20_000) + 1)]);
    }
}
