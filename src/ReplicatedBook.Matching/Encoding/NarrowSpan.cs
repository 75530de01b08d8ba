using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Goes on where a <see cref="PackedSpan"/> stands, for integers that are all narrow, as nearly all are: room
/// was asked for once, and no value is looked at.</summary>
/// <remarks>Nothing takes its address and it has no more fields than the compiler keeps in registers.</remarks>
internal ref struct NarrowSpan : IPacker
{
    private readonly ref byte _bytes;
    private readonly ref ulong _forms;
    private nint _length;

    /// <summary>From <see cref="PackedSpan.Narrow"/> only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal NarrowSpan(ref byte bytes, nint length)
    {
        _bytes = ref bytes;
        _forms = ref PackedInteger.NarrowForms;
        _length = length;
    }

    /// <inheritdoc/>
    public readonly int Length => (int)_length;

    /// <summary>Writes an integer that is narrow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Integer(long value) => _length += PackedInteger.PutNarrow(ref _bytes, _length, ref _forms, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Small(byte value)
    {
        Unsafe.Add(ref _bytes, _length) = value;
        _length++;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Boolean(bool value) => Small((byte)(PackedSpan.False + (value ? 1 : 0)));

    /// <summary>Writes a text of at most <see cref="PackedSpan.NarrowText"/> bytes, or nil for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TextOrNil(scoped ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            Small(PackedSpan.NilCode);
        }
        else
        {
            var room = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _bytes, _length), PackedSpan.NarrowText);
            _length += PackedSpan.PutText(room, utf8);
        }
    }
}
