using System.Buffers;

namespace ReplicatedBook.Replication;

/// <summary>Collects bytes in chunks, so that growing copies nothing.</summary>
internal sealed class ChunkBuffer : IBufferWriter<byte>
{
    private const int FirstBytes = 4 << 10;
    private const int MaxBytes = 1 << 20; // A fraction of a millisecond to copy.

    private readonly List<ReadOnlyMemory<byte>> _full = [];
    private byte[] _last = new byte[FirstBytes];
    private int _used;

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        _used += count;
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_last.Length - _used < Math.Max(1, sizeHint))
        {
            _full.Add(_last.AsMemory(0, _used));
            var length = Math.Max(sizeHint, Math.Min(MaxBytes, 2 * _last.Length));
            (_last, _used) = (GC.AllocateUninitializedArray<byte>(length), 0);
        }

        return _last.AsMemory(_used);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>A copy of all that was written, in one piece.</summary>
    /// <param name="pause">Called after each chunk.</param>
    /// <exception cref="OverflowException">It is too long for that.</exception>
    public byte[] ToArray(Action? pause = null)
    {
        var all = GC.AllocateUninitializedArray<byte>(checked((int)Length));
        var end = 0;
        foreach (var chunk in _full)
        {
            chunk.Span.CopyTo(all.AsSpan(end));
            end += chunk.Length;
            pause?.Invoke();
        }

        _last.AsSpan(0, _used).CopyTo(all.AsSpan(end));
        return all;
    }
}
