using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>The shortest MessagePack forms of integers: most of what an event costs.</summary>
/// <remarks>It writes eight bytes or nine whatever the length, of which the next value overwrites those too many, and
/// asks nobody for room: <see cref="PackedSpan"/>, its only caller, has made sure of <see cref="MaxBytes"/> for each.
/// </remarks>
internal static class PackedInteger
{
    /// <summary>Most bytes of one integer.</summary>
    public const int MaxBytes = 9;

    // A form: the first byte on top, at the bottom how far the value is moved to stand behind that byte.
    private const ulong Form1 = 56; // The value itself: no byte stands before it.
    private const ulong Form2 = (0xCCUL << 56) | 48;
    private const ulong Form3 = (0xCDUL << 56) | 40;
    private const ulong Form5 = (0xCEUL << 56) | 24;

    // By the zeros before the highest bit of 32: 0 to 32 of them, so no check is needed. Behind all forms stand their
    // lengths, in the same table so that one address leads to both.
    private const int Count = 33;

    private static ReadOnlySpan<ulong> Forms =>
    [
        Form5, Form5, Form5, Form5, Form5, Form5, Form5, Form5, Form5, Form5, Form5, Form5, Form5, Form5, Form5, Form5,
        Form3, Form3, Form3, Form3, Form3, Form3, Form3, Form3, Form2,
        Form1, Form1, Form1, Form1, Form1, Form1, Form1, Form1,
        5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1,
    ];

    /// <summary>What <see cref="PutNarrow(ref byte, nint, ref ulong, long)"/> looks its forms up in.</summary>
    public static ref ulong NarrowForms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref MemoryMarshal.GetReference(Forms);
    }

    /// <summary>Whether an integer, or all of several that were joined by or, is neither negative nor of more than 32
    /// bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNarrow(long joined) => (ulong)joined >> 32 == 0;

    /// <summary>Writes an integer that is narrow, without a branch.</summary>
    /// <param name="bytes">Where to write.</param>
    /// <param name="at">The place there of the first of <see cref="MaxBytes"/> bytes that may be written.</param>
    /// <param name="forms"><see cref="NarrowForms"/>.</param>
    /// <param name="value">The integer.</param>
    /// <returns>Bytes that count.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint PutNarrow(ref byte bytes, nint at, ref ulong forms, long value)
    {
        var zeros = (nuint)BitOperations.LeadingZeroCount((uint)value);
        var form = Unsafe.Add(ref forms, zeros);
        PutEight(ref bytes, at, ((ulong)value << (int)form) | form);
        return (nint)Unsafe.Add(ref forms, zeros + Count);
    }

    /// <summary>Writes any integer.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Put(ref byte room, long value)
    {
        if (IsNarrow(value))
        {
            return PutNarrow(ref room, 0, ref NarrowForms, value);
        }

        if (value >= 0)
        {
            room = 0xCF;
            PutEight(ref room, 1, (ulong)value);
            return MaxBytes;
        }

        if (value >= -32)
        {
            room = (byte)value;
            return 1;
        }

        var (code, width) = value >= sbyte.MinValue ? (0xD0, 1)
            : value >= short.MinValue ? (0xD1, 2)
            : value >= int.MinValue ? (0xD2, 4)
            : (0xD3, 8);
        room = (byte)code;
        PutEight(ref room, 1, (ulong)value << (64 - (8 * width)));
        return 1 + width;
    }

    /// <summary>Writes any integers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Put(ref byte room, long first, long second)
    {
        var length = Put(ref room, first);
        return length + Put(ref Unsafe.Add(ref room, length), second);
    }

    /// <summary>Writes any integers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Put(ref byte room, long first, long second, long third)
    {
        var length = Put(ref room, first, second);
        return length + Put(ref Unsafe.Add(ref room, length), third);
    }

    /// <summary>Writes any integers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Put(ref byte room, long first, long second, long third, long fourth)
    {
        var length = Put(ref room, first, second);
        return length + Put(ref Unsafe.Add(ref room, length), third, fourth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutEight(ref byte bytes, nint at, ulong value) => Unsafe.WriteUnaligned(
        ref Unsafe.Add(ref bytes, at),
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
}
