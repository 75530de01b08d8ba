using System.Buffers;

namespace ReplicatedBook.Replication;

/// <summary>Writes into memory whose size is known beforehand, so that the result needs no copy.</summary>
internal sealed class FixedBufferWriter(Memory<byte> bytes) : IBufferWriter<byte>
{
    private int _count;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => bytes[.._count];

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> appended)
    {
        appended.CopyTo(GetSpan());
        _count += appended.Length;
    }

    /// <inheritdoc/>
    public void Advance(int count) => _count += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => bytes[_count..];

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => bytes.Span[_count..];
}
