namespace ReplicatedBook.Matching.Clients;

/// <summary>Bytes added at the end and dropped at the start; positions count from the first byte ever.</summary>
internal sealed class ByteRing
{
    private byte[] _bytes = new byte[256];

    /// <summary>Position of the first byte kept.</summary>
    public long Start { get; private set; }

    /// <summary>Position behind the last byte.</summary>
    public long End { get; private set; }

    /// <summary>Bytes kept.</summary>
    public long Length => End - Start;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Ensure(Length + bytes.Length);
        var offset = Offset(End);
        var first = Math.Min(bytes.Length, _bytes.Length - offset);
        bytes[..first].CopyTo(_bytes.AsSpan(offset));
        bytes[first..].CopyTo(_bytes);
        End += bytes.Length;
    }

    /// <summary>Drops bytes from the start.</summary>
    public void Drop(int count) => Start += count;

    /// <summary>Copies bytes that are kept.</summary>
    public void CopyTo(long position, Span<byte> destination)
    {
        var offset = Offset(position);
        var first = Math.Min(destination.Length, _bytes.Length - offset);
        _bytes.AsSpan(offset, first).CopyTo(destination);
        _bytes.AsSpan(0, destination.Length - first).CopyTo(destination[first..]);
    }

    /// <summary>Whether these bytes stand at a position.</summary>
    public bool Equals(long position, ReadOnlySpan<byte> bytes)
    {
        var offset = Offset(position);
        var first = Math.Min(bytes.Length, _bytes.Length - offset);
        return _bytes.AsSpan(offset, first).SequenceEqual(bytes[..first])
            && _bytes.AsSpan(0, bytes.Length - first).SequenceEqual(bytes[first..]);
    }

    private int Offset(long position) => (int)(position & (_bytes.Length - 1));

    private void Ensure(long length)
    {
        if (length <= _bytes.Length)
        {
            return;
        }

        var capacity = (long)_bytes.Length;
        while (capacity < length)
        {
            capacity *= 2;
        }

        // The largest array of bytes is just below 2^31; the table's limit keeps far away from it.
        Invariant.Require(capacity <= 1 << 30, "the answers kept fit one array");
        var grown = new byte[capacity];
        for (var position = Start; position < End;)
        {
            var source = Offset(position);
            var target = (int)(position & (capacity - 1));
            var run = (int)Math.Min(End - position, Math.Min(_bytes.Length - source, capacity - target));
            _bytes.AsSpan(source, run).CopyTo(grown.AsSpan(target));
            position += run;
        }

        _bytes = grown;
    }
}
