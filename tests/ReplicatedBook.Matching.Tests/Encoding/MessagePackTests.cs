using System.Buffers;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching.Tests.Encoding;

/// <summary>The format itself: shortest forms out, nothing else in.</summary>
public sealed class MessagePackTests
{
    private static readonly byte[] Behind = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    private static readonly long[] Edges =
    [
        0, 1, 0x7F, 0x80, 0xFF, 0x100, 0xFFFF, 0x1_0000, 0xFFFF_FFFF, 0x1_0000_0000, long.MaxValue,
        -1, -32, -33, -128, -129, -32_768, -32_769, int.MinValue, int.MinValue - 1L, long.MinValue,
    ];

    [Fact]
    public void Integers_at_every_edge_are_read_as_written_in_their_shortest_form()
    {
        int[] lengths = [1, 1, 1, 2, 2, 3, 3, 5, 5, 9, 9, 1, 1, 2, 2, 3, 3, 5, 5, 9, 9];
        for (var i = 0; i < Edges.Length; i++)
        {
            var value = Edges[i];
            var bytes = Written((ref MessagePackWriter w) => w.WriteInteger(value));
            var reader = new MessagePackReader(bytes);
            Assert.True(reader.TryReadInteger(out var read) && reader.IsAtEnd);
            Assert.Equal((value, lengths[i]), (read, bytes.Length));

            // More behind it changes nothing.
            reader = new MessagePackReader(bytes.Concat(Behind).ToArray());
            Assert.True(reader.TryReadInteger(out read));
            Assert.Equal((value, lengths[i]), (read, reader.Consumed));
        }
    }

    [Fact]
    public void Longer_forms_than_needed_are_refused()
    {
        byte[][] integers =
        [
            [0xCC, 0x7F], [0xCD, 0, 0xFF], [0xCE, 0, 0, 0xFF, 0xFF], [0xCF, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF], [0xD0,
            1],
            [0xD0, 0xE0], [0xD1, 0xFF, 0x80], [0xD2, 0xFF, 0xFF, 0x80, 0], [0xD3, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0, 0,
            0],
            [0xCF, 0x80, 0, 0, 0, 0, 0, 0, 0], [0xCA, 0, 0, 0, 0], [0xCB, 0, 0, 0, 0, 0, 0, 0, 0], [0xC1], [0xC0], [],
        ];
        foreach (var bytes in integers)
        {
            var reader = new MessagePackReader(bytes);
            Assert.False(reader.TryReadInteger(out _));
            Assert.True(reader.HasFailed && !reader.IsAtEnd);
            if (bytes.Length > 0)
            {
                reader = new MessagePackReader(bytes.Concat(Behind).ToArray());
                Assert.False(reader.TryReadInteger(out _));
                Assert.False(reader.TryReadInteger(out _));
                Assert.True(reader.HasFailed);
            }
        }

        Assert.False(new MessagePackReader([0xDC, 0, 1, 1]).TryReadArrayHeader(out _));
        Assert.False(new MessagePackReader([0xDE, 0, 1, 1, 1]).TryReadMapHeader(out _));
        Assert.False(new MessagePackReader([0xD9, 1, 65]).TryReadText(out _));
        Assert.False(new MessagePackReader([0xDA, 0, 1, 65]).TryReadText(out _));
        Assert.False(new MessagePackReader([0xC5, 0, 1, 65]).TryReadBytes(out _));
        Assert.False(
            new MessagePackReader([0xC4, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]).TryReadWide(out _));
    }

    [Fact]
    public void Texts_bytes_and_headers_of_every_size_are_read_as_written()
    {
        foreach (var length in new[] { 0, 1, 15, 16, 31, 32, 255, 256, 65_535, 65_536 })
        {
            var content = new byte[length];
            content.AsSpan().Fill((byte)'x');
            var text = Written((ref MessagePackWriter w) => w.WriteText(content));
            var reader = new MessagePackReader(text);
            Assert.True(reader.TryReadText(out var utf8) && reader.IsAtEnd && utf8.SequenceEqual(content));

            var bytes = Written((ref MessagePackWriter w) => w.WriteBytes(content));
            reader = new MessagePackReader(bytes);
            Assert.True(reader.TryReadBytes(out var raw) && reader.IsAtEnd && raw.SequenceEqual(content));

            byte[] array = [.. Written((ref MessagePackWriter w) => w.WriteArrayHeader(length)), .. content];
            reader = new MessagePackReader(array);
            Assert.True(reader.TryReadArrayHeader(out var count) && count == length);
            byte[] map = [.. Written((ref MessagePackWriter w) => w.WriteMapHeader(length)), .. content, .. content];
            reader = new MessagePackReader(map);
            Assert.True(reader.TryReadMapHeader(out count) && count == length);
        }
    }

    [Fact]
    public void Counts_beyond_the_bytes_left_are_refused()
    {
        Assert.False(new MessagePackReader([0x93, 1, 2]).TryReadArrayHeader(out _));
        Assert.False(new MessagePackReader([0x82, 1, 2, 3]).TryReadMapHeader(out _));
        Assert.False(new MessagePackReader([0xA3, 65, 65]).TryReadText(out _));
    }

    [Fact]
    public void Wide_numbers_are_read_as_written()
    {
        Int128[] values =
        [
            0, long.MaxValue, (Int128)long.MaxValue + 1, Int128.MaxValue, Int128.MinValue, (Int128)long.MinValue - 1,
        ];
        foreach (var value in values)
        {
            var reader = new MessagePackReader(Written((ref MessagePackWriter w) => w.WriteWide(value)));
            Assert.True(reader.TryReadWide(out var read) && reader.IsAtEnd);
            Assert.Equal(value, read);
        }
    }

    [Fact]
    public void Reader_that_failed_stays_failed()
    {
        var reader = new MessagePackReader([0xC1, 1, 0xC0]);
        Assert.False(reader.TryReadBoolean(out _));
        Assert.False(reader.TryReadInteger(out _));
        Assert.False(reader.TryReadNil());
        Assert.False(reader.IsAtEnd);
    }

    private delegate void Write(ref MessagePackWriter writer);

    private static byte[] Written(Write write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        write(ref writer);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
