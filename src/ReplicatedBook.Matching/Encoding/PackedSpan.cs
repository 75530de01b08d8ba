using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Writes the MessagePack format in its shortest forms into bytes that are there already.</summary>
/// <remarks>The caller makes sure that there is room, for every scalar <see cref="MaxScalar"/> bytes; too little ends
/// in an exception, never in other memory: each method looks at the room left once for all that it writes. What is
/// called often is inlined, and nothing takes its address, so that a local one stays in registers.</remarks>
internal ref struct PackedSpan : IPacker
{
    /// <summary>Room for one integer, header, nil or boolean.</summary>
    public const int MaxScalar = PackedInteger.MaxBytes;

    /// <summary>Most bytes before the content of a text or of bytes.</summary>
    public const int MaxPrefix = 5;

    /// <summary>The byte of nil.</summary>
    internal const byte NilCode = 0xC0;

    /// <summary>The byte of false; the next is that of true.</summary>
    internal const byte False = 0xC2;

    /// <summary>Most scalars behind <see cref="Narrow"/>.</summary>
    internal const int NarrowScalars = 20;

    /// <summary>Most bytes of a text behind <see cref="Narrow"/>, which counts as five scalars.</summary>
    internal const int NarrowText = 5 * MaxScalar;

    private readonly ref byte _bytes;
    private readonly nint _last; // Where the last scalar may begin; negative where there is no room for one.
    private nint _length;

    /// <summary>Nothing yet.</summary>
    /// <param name="bytes">Where to write.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PackedSpan(Span<byte> bytes)
    {
        _bytes = ref MemoryMarshal.GetReference(bytes);
        _last = bytes.Length - MaxScalar;
    }

    /// <summary>Bytes written so far.</summary>
    public readonly int Length => (int)_length;

    private readonly Span<byte> Rest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MemoryMarshal.CreateSpan(ref Next, (int)(_last + MaxScalar - _length));
    }

    private readonly ref byte Next
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref _bytes, _length);
    }

    /// <summary>Goes on with integers that are all narrow: at most <see cref="NarrowScalars"/> scalars are written to
    /// what is returned, and no more to this.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly NarrowSpan Narrow()
    {
        Require(NarrowScalars);
        return new NarrowSpan(ref _bytes, _length);
    }

    /// <summary>Writes nil.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Nil()
    {
        Require(1);
        Put(NilCode);
    }

    /// <summary>Writes a boolean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Boolean(bool value)
    {
        Require(1);
        Put((byte)(False + (value ? 1 : 0)));
    }

    /// <summary>Writes an integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Integer(long value)
    {
        Require(1);
        if (PackedInteger.IsNarrow(value))
        {
            PutNarrow(value);
        }
        else
        {
            _length += PackedInteger.Put(ref Next, value);
        }
    }

    /// <summary>Writes integers: fewer questions than one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Integers(long first, long second)
    {
        Require(2);
        if (PackedInteger.IsNarrow(first | second))
        {
            PutNarrow(first);
            PutNarrow(second);
        }
        else
        {
            _length += PackedInteger.Put(ref Next, first, second);
        }
    }

    /// <summary>Writes integers: fewer questions than one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Integers(long first, long second, long third)
    {
        Require(3);
        if (PackedInteger.IsNarrow(first | second | third))
        {
            PutNarrow(first);
            PutNarrow(second);
            PutNarrow(third);
        }
        else
        {
            _length += PackedInteger.Put(ref Next, first, second, third);
        }
    }

    /// <summary>Writes integers: fewer questions than one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Integers(long first, long second, long third, long fourth)
    {
        Require(4);
        if (PackedInteger.IsNarrow(first | second | third | fourth))
        {
            PutNarrow(first);
            PutNarrow(second);
            PutNarrow(third);
            PutNarrow(fourth);
        }
        else
        {
            _length += PackedInteger.Put(ref Next, first, second, third, fourth);
        }
    }

    /// <summary>Writes a value below 128, such as an enumeration's: one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Small(byte value)
    {
        Require(1);
        RequireSmall(value);
        Put(value);
    }

    /// <summary>Writes two values below 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Small(byte first, byte second)
    {
        Require(1);
        RequireSmall(first | second);
        Next = first;
        Unsafe.Add(ref Next, 1) = second;
        _length += 2;
    }

    /// <summary>Writes an array header and the first two values, below 128: what every layout begins with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ArrayHeader(int count, byte first, byte second)
    {
        if (count < 16)
        {
            // Four bytes at once, of which the next value overwrites the last.
            Require(1);
            RequireSmall(first | second);
            var bytes = 0x90U | (uint)count | ((uint)first << 8) | ((uint)second << 16);
            Unsafe.WriteUnaligned(
                ref Next, BitConverter.IsLittleEndian ? bytes : BinaryPrimitives.ReverseEndianness(bytes));
            _length += 3;
        }
        else
        {
            ArrayHeader(count);
            Small(first, second);
        }
    }

    /// <summary>Writes an array header.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ArrayHeader(int count)
    {
        if (count < 16)
        {
            Require(1);
            Put((byte)(0x90 | count));
        }
        else
        {
            Header(0xDC, (uint)count);
        }
    }

    /// <summary>Writes a map header.</summary>
    public void MapHeader(int count)
    {
        if (count < 16)
        {
            Require(1);
            Put((byte)(0x80 | count));
        }
        else
        {
            Header(0xDE, (uint)count);
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
            _length += PutText(Rest, utf8);
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
        var rest = Rest;
        if (length < 32)
        {
            rest[0] = (byte)(0xA0 | length);
            _length++;
        }
        else if (length <= byte.MaxValue)
        {
            rest[1] = (byte)length;
            rest[0] = 0xD9;
            _length += 2;
        }
        else
        {
            Header(0xDA, (uint)length);
        }
    }

    /// <summary>Writes what stands before the content of bytes.</summary>
    public void BytesHeader(int length)
    {
        if (length <= byte.MaxValue)
        {
            var rest = Rest;
            rest[1] = (byte)length;
            rest[0] = 0xC4;
            _length += 2;
        }
        else
        {
            Header(0xC5, (uint)length);
        }
    }

    /// <summary>Writes a whole number of 128 bits: as an integer where it is one of 64 bits, else as 16
    /// bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Wide(Int128 value)
    {
        if ((ulong)(value >>> 64) == 0 && (long)value >= 0)
        {
            Integer((long)value);
        }
        else
        {
            _length += PutWide(Rest, value);
        }
    }

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(scoped ReadOnlySpan<byte> content)
    {
        content.CopyTo(Rest);
        _length += content.Length;
    }

    /// <summary>Makes sure of the room for so many scalars.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Require(int scalars)
    {
        if (_length > _last - ((scalars - 1) * MaxScalar))
        {
            ThrowFull();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RequireSmall(int value)
    {
        if (value >= 0x80)
        {
            ThrowNotSmall();
        }
    }

    // These two only after Require.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(byte value)
    {
        Next = value;
        _length++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PutNarrow(long value) => _length +=
        PackedInteger.PutNarrow(ref _bytes, _length, ref PackedInteger.NarrowForms, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Header(byte code16, uint value) => _length += PutHeader(Rest, code16, value);

    private static int PutWide(Span<byte> room, Int128 value)
    {
        var packed = new PackedSpan(room);
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            packed.Integer((long)value);
        }
        else
        {
            packed.BytesHeader(16);
            BinaryPrimitives.WriteInt128BigEndian(packed.Rest, value);
            packed._length += 16;
        }

        return packed.Length;
    }

    /// <summary>Writes a text apart, so that its code is not part of every event's.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int PutText(Span<byte> room, scoped ReadOnlySpan<byte> utf8)
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

    [DoesNotReturn]
    private static void ThrowNotSmall() => throw new ArgumentOutOfRangeException(null, "A value below 128 is not one.");

    [DoesNotReturn]
    private static void ThrowFull() => throw new ArgumentOutOfRangeException(
        null, "More bytes are written than there is room for.");
}
