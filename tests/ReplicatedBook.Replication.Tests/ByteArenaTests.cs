using System.Runtime.InteropServices;
using Xunit;

namespace ReplicatedBook.Replication.Tests;

public sealed class ByteArenaTests
{
    private const int FirstChunk = 4 << 10;
    private const int LargestChunk = 256 << 10;

    private readonly ByteArena _arena = new();

    [Fact]
    public void Pieces_keep_their_content_whatever_is_taken_and_filled_after_them()
    {
        var random = new Random(11);
        var pieces = new List<(Memory<byte> Piece, byte[] Expected)>();
        for (var i = 0; i < 5_000; i++)
        {
            var length = random.Next(100) switch
            {
                0 => random.Next(LargestChunk),
                < 10 => random.Next(10_000),
                _ => random.Next(300),
            };
            var piece = _arena.Take(length);
            random.NextBytes(piece.Span);
            pieces.Add((piece, piece.ToArray()));
        }

        Assert.All(pieces, taken => Assert.True(taken.Piece.Span.SequenceEqual(taken.Expected)));
    }

    [Fact]
    public void Pieces_of_one_array_lie_one_behind_the_other()
    {
        var (first, second) = (ChunkOf(_arena.Take(100)), ChunkOf(_arena.Take(50)));

        Assert.Same(first.Array, second.Array);
        Assert.Equal((0, 100, 100, 50), (first.Offset, first.Count, second.Offset, second.Count));
    }

    [Fact]
    public void Arrays_begin_small_and_double_up_to_a_limit()
    {
        var sizes = new List<int>();
        while (sizes.Count < 9)
        {
            var size = ChunkOf(_arena.Take(1)).Array!.Length;
            sizes.Add(size);
            for (var left = size - 1; left > 0; left -= 1_023)
            {
                _arena.Take(Math.Min(left, 1_023)); // Full to the last byte.
            }
        }

        Assert.Equal(
            [FirstChunk, 8 << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10, LargestChunk, LargestChunk, LargestChunk],
            sizes);
    }

    [Theory]
    [InlineData(FirstChunk / 2, FirstChunk)]
    [InlineData((FirstChunk / 2) + 1, 2 * FirstChunk)]
    [InlineData(LargestChunk / 2, LargestChunk)]
    public void An_array_has_room_for_two_of_the_piece_it_is_made_for(int length, int expected) =>
        Assert.Equal(expected, ChunkOf(_arena.Take(length)).Array!.Length);

    [Theory]
    [InlineData((LargestChunk / 2) + 1)]
    [InlineData(3 * LargestChunk)]
    public void A_large_piece_has_an_array_of_its_own_and_the_present_one_is_filled_on(int length)
    {
        var before = ChunkOf(_arena.Take(10));
        var large = ChunkOf(_arena.Take(length));
        var after = ChunkOf(_arena.Take(10));

        Assert.Equal((0, length, length), (large.Offset, large.Count, large.Array!.Length));
        Assert.Same(before.Array, after.Array);
        Assert.Equal(10, after.Offset);
    }

    [Fact]
    public void Nothing_can_be_taken_at_any_time()
    {
        Assert.True(_arena.Take(0).IsEmpty);
        _arena.Take(FirstChunk);
        Assert.True(_arena.Take(0).IsEmpty);
        Assert.True(_arena.Copy([]).IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => _arena.Take(-1));
    }

    [Fact]
    public void A_copy_does_not_follow_the_original()
    {
        byte[] original = [1, 2, 3];
        var copy = _arena.Copy(original);
        original[0] = 9;

        Assert.Equal([1, 2, 3], copy.ToArray());
    }

    private static ArraySegment<byte> ChunkOf(ReadOnlyMemory<byte> piece)
    {
        Assert.True(MemoryMarshal.TryGetArray(piece, out var segment));
        return segment;
    }
}
