using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Bytes that grow, are read and are cleared for the next use; allocates nothing once it is large
/// enough.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[1_024];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write or clear.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Empties it.</summary>
    public void Clear() => Length = 0;

    /// <summary>Room for at least so many bytes; what is used of it is told to <see cref="Advance"/>.</summary>
    /// <remarks>Asks once: what was written is never more than there is, which <see cref="Advance"/> makes sure of.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int bytes)
    {
        var all = _bytes;
        var free = all.Length - Length;
        return free >= bytes
            ? MemoryMarshal.CreateSpan(
                ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(all), Length), free)
            : Grow(bytes);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count)
    {
        Invariant.Require((uint)count <= (uint)(_bytes.Length - Length), "no more is written than there is room for");
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Reserve(Math.Max(1, sizeHint));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> Grow(int bytes)
    {
        Array.Resize(
            ref _bytes, Math.Max(checked(Length + bytes), (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        return _bytes.AsSpan(Length);
    }
}
