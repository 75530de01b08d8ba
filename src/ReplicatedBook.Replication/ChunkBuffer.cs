using System.Buffers;

namespace ReplicatedBook.Replication;

/// <summary>Collects bytes in chunks, so that growing copies nothing.</summary>
internal sealed class ChunkBuffer : IBufferWriter<byte>
{
    private const int FirstBytes = 4 << 10;
    private const int MaxBytes = 1 << 20;

    private readonly List<ReadOnlyMemory<byte>> _full = [];
    private byte[] _last = new byte[FirstBytes];
    private int _used;

    /// <inheritdoc/>
    public void Advance(int count) => _used += count;

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

    /// <summary>All that was written; nothing may be written afterwards.</summary>
    public ReadOnlySequence<byte> ToSequence()
    {
        var first = new Segment(_full.Count > 0 ? _full[0] : _last.AsMemory(0, _used), null);
        var last = first;
        for (var i = 1; i < _full.Count; i++)
        {
            last = new Segment(_full[i], last);
        }

        last = _full.Count > 0 ? new Segment(_last.AsMemory(0, _used), last) : first;
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> chunk, Segment? previous)
        {
            Memory = chunk;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
