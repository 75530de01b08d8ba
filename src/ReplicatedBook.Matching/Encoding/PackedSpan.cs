using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Writes the MessagePack format in its shortest forms into bytes that are there already.</summary>
/// <remarks>The caller makes sure that there is room, for every integer <see cref="MaxScalar"/> bytes; too little ends
/// in an
/// exception, never in other memory. What is called often is inlined, and nothing takes its address, so that a local
/// one
/// stays in registers.</remarks>
/// <param name="bytes">Where to write.</param>
internal ref struct PackedSpan(Span<byte> bytes)
{
    /// <summary>Most bytes of one integer, header, nil or boolean.</summary>
    public const int MaxScalar = 9;

    /// <summary>Most bytes before the content of a text or of bytes.</summary>
    public const int MaxPrefix = 5;

    private readonly Span<byte> _bytes = bytes;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Writes nil.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Nil() => _bytes[Length++] = 0xC0;

    /// <summary>Writes a boolean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Boolean(bool value) => _bytes[Length++] = value ? (byte)0xC3 : (byte)0xC2;

    /// <summary>Writes an integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Integer(long value)
    {
        if ((ulong)value < 0x80)
        {
            _bytes[Length++] = (byte)value;
        }
        else
        {
            Length += PutLong(ref MemoryMarshal.GetReference(_bytes.Slice(Length, MaxScalar)), value);
        }
    }

    /// <summary>Writes an array header.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ArrayHeader(int count)
    {
        if (count < 16)
        {
            _bytes[Length++] = (byte)(0x90 | count);
        }
        else
        {
            Length += PutHeader(_bytes[Length..], 0xDC, (uint)count);
        }
    }

    /// <summary>Writes a map header.</summary>
    public void MapHeader(int count)
    {
        if (count < 16)
        {
            _bytes[Length++] = (byte)(0x80 | count);
        }
        else
        {
            Length += PutHeader(_bytes[Length..], 0xDE, (uint)count);
        }
    }

    /// <summary>Writes a text.</summary>
    public void Text(scoped ReadOnlySpan<byte> utf8)
    {
        TextHeader(utf8.Length);
        Raw(utf8);
    }

    /// <summary>Writes a text, or nil for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TextOrNil(scoped ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            Nil();
        }
        else
        {
            Length += PutText(_bytes[Length..], utf8);
        }
    }

    /// <summary>Writes bytes.</summary>
    public void Bytes(scoped ReadOnlySpan<byte> value)
    {
        BytesHeader(value.Length);
        Raw(value);
    }

    /// <summary>Writes what stands before the content of a text.</summary>
    public void TextHeader(int length)
    {
        if (length < 32)
        {
            _bytes[Length++] = (byte)(0xA0 | length);
        }
        else if (length <= byte.MaxValue)
        {
            _bytes[Length] = 0xD9;
            _bytes[Length + 1] = (byte)length;
            Length += 2;
        }
        else
        {
            Length += PutHeader(_bytes[Length..], 0xDA, (uint)length);
        }
    }

    /// <summary>Writes what stands before the content of bytes.</summary>
    public void BytesHeader(int length)
    {
        if (length <= byte.MaxValue)
        {
            _bytes[Length] = 0xC4;
            _bytes[Length + 1] = (byte)length;
            Length += 2;
        }
        else
        {
            Length += PutHeader(_bytes[Length..], 0xC5, (uint)length);
        }
    }

    /// <summary>Writes a whole number of 128 bits: as an integer where it is one of 64 bits, else as 16
    /// bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Wide(Int128 value)
    {
        if (value >= 0 && value <= long.MaxValue)
        {
            Integer((long)value);
        }
        else
        {
            Length += PutWide(_bytes[Length..], value);
        }
    }

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(scoped ReadOnlySpan<byte> content)
    {
        content.CopyTo(_bytes[Length..]);
        Length += content.Length;
    }

    /// <summary>Writes eight bytes whatever the width, of which the next value overwrites those too many: no loop and
    /// few branches, because most of what an event costs is its integers.</summary>
    /// <remarks>It writes without asking for room again: every caller has just cut <see cref="MaxScalar"/> bytes out of
    /// a span, which throws where there are fewer.</remarks>
    /// <returns>Bytes that count.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PutLong(ref byte room, long value)
    {
        if (value < 0)
        {
            return PutNegative(MemoryMarshal.CreateSpan(ref room, MaxScalar), value);
        }

        // 1, 2, 4 or 8 bytes, as a power of two: two bits for each byte that the highest bit may be in.
        var width = (0b11_11_11_11_10_10_01_00 >> ((BitOperations.Log2((ulong)value) >> 2) & 0b1110)) & 0b11;
        var first = value << (64 - (8 << width));
        room = (byte)(0xCC + width);
        Unsafe.WriteUnaligned(
            ref Unsafe.Add(ref room, 1),
            BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(first) : first);
        return 1 + (1 << width);
    }

    private static int PutNegative(Span<byte> room, long value)
    {
        if (value >= -32)
        {
            room[0] = (byte)value;
            return 1;
        }

        var (code, width) = value >= sbyte.MinValue ? (0xD0, 1)
            : value >= short.MinValue ? (0xD1, 2)
            : value >= int.MinValue ? (0xD2, 4)
            : (0xD3, 8);
        room[0] = (byte)code;
        BinaryPrimitives.WriteInt64BigEndian(room[1..], value << (64 - (8 * width)));
        return 1 + width;
    }

    private static int PutWide(Span<byte> room, Int128 value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            return PutLong(ref MemoryMarshal.GetReference(room[..MaxScalar]), (long)value);
        }

        room[0] = 0xC4;
        room[1] = 16;
        BinaryPrimitives.WriteInt128BigEndian(room[2..], value);
        return 18;
    }

    private static int PutText(Span<byte> room, scoped ReadOnlySpan<byte> utf8)
    {
        var packed = new PackedSpan(room);
        packed.Text(utf8);
        return packed.Length;
    }

    private static int PutHeader(Span<byte> room, byte code16, uint value)
    {
        if (value <= ushort.MaxValue)
        {
            room[0] = code16;
            BinaryPrimitives.WriteUInt16BigEndian(room[1..], (ushort)value);
            return 3;
        }

        room[0] = (byte)(code16 + 1);
        BinaryPrimitives.WriteUInt32BigEndian(room[1..], value);
        return 5;
    }
}
