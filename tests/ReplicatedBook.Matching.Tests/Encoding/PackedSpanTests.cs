using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching.Tests.Encoding;

/// <summary>What writes without asking for each byte writes the same bytes as who does, and nowhere else.</summary>
public sealed class PackedSpanTests
{
    private const int Scalar = PackedSpan.MaxScalar;

    private static readonly long[] Edges =
    [
        0, 1, 127, 128, 255, 256, 65_535, 65_536, int.MaxValue, uint.MaxValue, uint.MaxValue + 1L, long.MaxValue,
        -1, -32, -33, -128, -129, -32_768, -32_769, int.MinValue, int.MinValue - 1L, long.MinValue,
    ];

    private delegate void Write(ref PackedSpan packed);

    [Fact]
    public void Integers_at_every_edge_have_the_bytes_of_the_format()
    {
        string[] bytes =
        [
            "00", "01", "7F", "CC80", "CCFF", "CD0100", "CDFFFF", "CE00010000", "CE7FFFFFFF", "CEFFFFFFFF",
            "CF0000000100000000", "CF7FFFFFFFFFFFFFFF", "FF", "E0", "D0DF", "D080", "D1FF7F", "D18000", "D2FFFF7FFF",
            "D280000000", "D3FFFFFFFF7FFFFFFF", "D38000000000000000",
        ];
        Assert.Equal(bytes, Edges.Select(edge => Convert.ToHexString(Written((ref PackedSpan p) => p.Integer(edge)))));
    }

    [Fact]
    public void Integers_of_every_length_are_the_same_wherever_the_highest_bit_is()
    {
        for (var bit = 0; bit < 63; bit++)
        {
            foreach (var value in new[] { 1L << bit, (1L << bit) - 1, -(1L << bit), ~(1L << bit) })
            {
                Assert.Equal(Simple(value), Written((ref PackedSpan p) => p.Integer(value)));
            }
        }
    }

    [Fact]
    public void Integers_written_together_are_those_written_one_by_one()
    {
        foreach (var one in Edges)
        {
            foreach (var other in Edges)
            {
                Check((ref PackedSpan p) => p.Integers(one, other), one, other);
                Check((ref PackedSpan p) => p.Integers(other, 5, one), other, 5, one);
                Check((ref PackedSpan p) => p.Integers(7, one, other, 70_000), 7, one, other, 70_000);
            }
        }

        static void Check(Write together, params long[] values) =>
            Assert.Equal(values.SelectMany(Simple), Written(together));
    }

    [Fact]
    public void Small_values_and_headers_are_those_written_as_integers()
    {
        Assert.Equal([0x7F], Written((ref PackedSpan p) => p.Small(0x7F)));
        Assert.Equal([1, 0x7F], Written((ref PackedSpan p) => p.Small(1, 0x7F)));
        Assert.Equal([0x9F, 2, 3], Written((ref PackedSpan p) => p.ArrayHeader(15, 2, 3)));
        Assert.Equal([0xDC, 0, 16, 2, 3], Written((ref PackedSpan p) => p.ArrayHeader(16, 2, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Written((ref PackedSpan p) => p.Small(0x80)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Written((ref PackedSpan p) => p.Small(0, 0x80)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Written((ref PackedSpan p) => p.ArrayHeader(9, 0x80, 0)));
    }

    [Fact]
    public void Too_little_room_ends_in_an_exception_and_never_in_other_memory()
    {
        (int Room, Write Write)[] writes =
        [
            (Scalar, (ref PackedSpan p) => p.Nil()),
            (Scalar, (ref PackedSpan p) => p.Boolean(true)),
            (Scalar, (ref PackedSpan p) => p.Small(1)),
            (Scalar, (ref PackedSpan p) => p.Small(1, 2)),
            (Scalar, (ref PackedSpan p) => p.ArrayHeader(3)),
            (Scalar, (ref PackedSpan p) => p.ArrayHeader(3, 1, 2)),
            (Scalar, (ref PackedSpan p) => p.Integer(1)),
            (Scalar, (ref PackedSpan p) => p.Integer(long.MinValue)),
            (Scalar, (ref PackedSpan p) => p.Wide(long.MinValue)),
            (2 * Scalar, (ref PackedSpan p) => p.Integers(1, long.MinValue)),
            (3 * Scalar, (ref PackedSpan p) => p.Integers(1, 2, long.MinValue)),
            (4 * Scalar, (ref PackedSpan p) => p.Integers(1, 2, 3, long.MinValue)),
            (18, (ref PackedSpan p) => p.Wide(Int128.MaxValue)),
            (4, (ref PackedSpan p) => p.Text("abc"u8)),
            (4, (ref PackedSpan p) => p.TextOrNil("abc"u8)),
            (3, (ref PackedSpan p) => p.Bytes([1])),
            (3, (ref PackedSpan p) => p.ArrayHeader(16)),
        ];
        foreach (var (room, write) in writes)
        {
            for (var given = 0; given < room; given++)
            {
                var bytes = new byte[room + 64];
                Assert.ThrowsAny<SystemException>(() => WriteTo(bytes.AsSpan(16, given), write));
                Assert.All(bytes[..16], b => Assert.Equal(0, b));
                Assert.All(bytes[(16 + given)..], b => Assert.Equal(0, b));
            }

            WriteTo(new byte[room], write);
        }

        Assert.Throws<NullReferenceException>(() =>
        {
            PackedSpan none = default;
            none.Integer(1);
        });
    }

    [Fact]
    public void Buffer_takes_no_more_bytes_than_it_has()
    {
        var buffer = new ByteBuffer();
        buffer.Advance(buffer.Reserve(100).Length);
        Assert.Throws<InvariantViolatedException>(() => buffer.Advance(1));
        Assert.Throws<InvariantViolatedException>(() => buffer.Advance(-1));
    }

    private static byte[] Written(Write write)
    {
        var bytes = new byte[64];
        return bytes[..WriteTo(bytes, write)];
    }

    private static int WriteTo(Span<byte> bytes, Write write)
    {
        var packed = new PackedSpan(bytes);
        write(ref packed);
        return packed.Length;
    }

    private static byte[] Simple(long value)
    {
        byte[] all = [.. BitConverter.GetBytes(value).Reverse()];
        return value switch
        {
            >= -32 and < 128 => [all[^1]],
            > 0 and <= byte.MaxValue => [0xCC, .. all[^1..]],
            > 0 and <= ushort.MaxValue => [0xCD, .. all[^2..]],
            > 0 and <= uint.MaxValue => [0xCE, .. all[^4..]],
            > 0 => [0xCF, .. all],
            >= sbyte.MinValue => [0xD0, .. all[^1..]],
            >= short.MinValue => [0xD1, .. all[^2..]],
            >= int.MinValue => [0xD2, .. all[^4..]],
            _ => [0xD3, .. all],
        };
    }
}
