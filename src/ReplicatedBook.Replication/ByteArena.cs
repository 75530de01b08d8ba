namespace ReplicatedBook.Replication;

/// <summary>Gives out pieces of large arrays, for bytes of which there are many, that live long and go in about the
/// order in which they came: the log's entries, the feed's events.</summary>
/// <remarks>An array of its own for each is copied twice by the garbage collector before it is left alone, in pauses
/// that grow with their number; the large arrays are never copied. A large array is collected when no piece of it is
/// referred to any more, so one piece that is kept for ever keeps its neighbours' memory too: not for bytes that go in
/// any other order. One owner takes; what is taken may be read on any thread.</remarks>
public sealed class ByteArena
{
    /// <summary>The first array is small, so that who keeps little pays for little; each next one is twice as
    /// large.</summary>
    private const int FirstChunkBytes = 4 << 10;

    /// <summary>Beyond the 85,000 bytes from which on arrays are large objects to the collector.</summary>
    private const int MaxChunkBytes = 256 << 10;

    private byte[] _chunk = [];
    private int _used;

    /// <summary>A piece that nobody else has; more than 128 KiB that do not fit into the present array get one of
    /// their own.</summary>
    /// <param name="length">Bytes, 0 or more.</param>
    /// <returns>Memory with any content, to be filled by the caller.</returns>
    public Memory<byte> Take(int length)
    {
        if (length > _chunk.Length - _used)
        {
            if (length > MaxChunkBytes / 2)
            {
                return GC.AllocateUninitializedArray<byte>(length);
            }

            Grow(length);
        }

        var piece = _chunk.AsMemory(_used, length);
        _used += length;
        return piece;
    }

    /// <summary>A piece with a copy of these bytes.</summary>
    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        var piece = Take(bytes.Length);
        bytes.CopyTo(piece.Span);
        return piece;
    }

    private void Grow(int length)
    {
        var size = Math.Max(FirstChunkBytes, 2 * _chunk.Length);
        while (size < 2 * length)
        {
            size *= 2;
        }

        _chunk = GC.AllocateUninitializedArray<byte>(Math.Min(size, MaxChunkBytes));
        _used = 0;
    }
}
