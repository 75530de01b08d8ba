using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Reads the MessagePack format strictly: a longer form than needed is refused.</summary>
/// <remarks>Nothing throws: a failed read returns false, and the reader stays failed.</remarks>
public ref struct MessagePackReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;
    private bool _hasFailed;

    /// <summary>Reads from the start of <paramref name="bytes"/>.</summary>
    public MessagePackReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public readonly int Consumed => _position;

    /// <summary>Whether all bytes were read and nothing failed.</summary>
    public readonly bool IsAtEnd => _position == _bytes.Length && !_hasFailed;

    /// <summary>Whether a read failed.</summary>
    public readonly bool HasFailed => _hasFailed;

    /// <summary>Reads nil if it is next; does not fail otherwise.</summary>
    public bool TryReadNil()
    {
        if (_hasFailed || _position >= _bytes.Length || _bytes[_position] != 0xC0)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>Reads a boolean.</summary>
    public bool TryReadBoolean(out bool value)
    {
        value = false;
        if (!TryReadCode(out var code) || (code | 1) != 0xC3)
        {
            return Fail();
        }

        value = code == 0xC3;
        return true;
    }

    /// <summary>Reads an integer of the 64-bit signed range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadInteger(out long value)
    {
        // One byte is by far the most frequent form.
        if (!_hasFailed && (uint)_position < (uint)_bytes.Length && _bytes[_position] < 0x80)
        {
            value = _bytes[_position++];
            return true;
        }

        return TryReadLongInteger(out value);
    }

    /// <summary>Reads an array header; the count is at most the bytes left.</summary>
    public bool TryReadArrayHeader(out int count)
    {
        count = 0;
        if (!TryReadCode(out var code))
        {
            return false;
        }

        if (code is >= 0x90 and <= 0x9F)
        {
            return TryTakeCount(code & 0x0F, 1, out count);
        }

        return code switch
        {
            0xDC => TryReadUnsigned(2, 16, out var length) && TryTakeCount(length, 1, out count),
            0xDD => TryReadUnsigned(4, 0x1_0000, out var length) && TryTakeCount(length, 1, out count),
            _ => Fail(),
        };
    }

    /// <summary>Reads a map header; the count is at most half the bytes left.</summary>
    public bool TryReadMapHeader(out int count)
    {
        count = 0;
        if (!TryReadCode(out var code))
        {
            return false;
        }

        if (code is >= 0x80 and <= 0x8F)
        {
            return TryTakeCount(code & 0x0F, 2, out count);
        }

        return code switch
        {
            0xDE => TryReadUnsigned(2, 16, out var length) && TryTakeCount(length, 2, out count),
            0xDF => TryReadUnsigned(4, 0x1_0000, out var length) && TryTakeCount(length, 2, out count),
            _ => Fail(),
        };
    }

    /// <summary>Reads a text's UTF-8 bytes.</summary>
    public bool TryReadText(out ReadOnlySpan<byte> utf8)
    {
        utf8 = default;
        if (!TryReadCode(out var code))
        {
            return false;
        }

        if (code is >= 0xA0 and <= 0xBF)
        {
            return TryTake(code & 0x1F, out utf8);
        }

        return code switch
        {
            0xD9 => TryReadUnsigned(1, 32, out var length) && TryTake(length, out utf8),
            0xDA => TryReadUnsigned(2, 0x100, out var length) && TryTake(length, out utf8),
            0xDB => TryReadUnsigned(4, 0x1_0000, out var length) && TryTake(length, out utf8),
            _ => Fail(),
        };
    }

    /// <summary>Reads bytes.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!TryReadCode(out var code))
        {
            return false;
        }

        return code switch
        {
            0xC4 => TryReadUnsigned(1, 0, out var length) && TryTake(length, out bytes),
            0xC5 => TryReadUnsigned(2, 0x100, out var length) && TryTake(length, out bytes),
            0xC6 => TryReadUnsigned(4, 0x1_0000, out var length) && TryTake(length, out bytes),
            _ => Fail(),
        };
    }

    /// <summary>Reads a whole number of 128 bits as <see cref="MessagePackWriter.WriteWide"/> writes it.</summary>
    public bool TryReadWide(out Int128 value)
    {
        value = 0;
        if (_hasFailed || _position >= _bytes.Length || _bytes[_position] != 0xC4)
        {
            var isRead = TryReadInteger(out var small);
            value = small;
            return isRead;
        }

        if (!TryReadBytes(out var bytes) || bytes.Length != 16)
        {
            return Fail();
        }

        value = BinaryPrimitives.ReadInt128BigEndian(bytes);
        return (value < long.MinValue || value > long.MaxValue) || Fail();
    }

    /// <summary>Passes over one value with all that is in it: nil, boolean, integer, text, bytes, array or
    /// map.</summary>
    public bool TrySkip()
    {
        // Counted, not recursive: arrays in arrays come from outside.
        for (var left = 1L; left > 0; left--)
        {
            if (_hasFailed || _position >= _bytes.Length)
            {
                return Fail();
            }

            var (elements, pairs) = (0, 0);
            var isRead = _bytes[_position] switch
            {
                0xC0 => TryReadNil(),
                0xC2 or 0xC3 => TryReadBoolean(out _),
                >= 0xC4 and <= 0xC6 => TryReadBytes(out _),
                (>= 0xA0 and < 0xC0) or (>= 0xD9 and <= 0xDB) => TryReadText(out _),
                (>= 0x90 and < 0xA0) or 0xDC or 0xDD => TryReadArrayHeader(out elements),
                (>= 0x80 and < 0x90) or 0xDE or 0xDF => TryReadMapHeader(out pairs),
                _ => TryReadInteger(out _),
            };
            if (!isRead)
            {
                return false;
            }

            left += elements + (2L * pairs);
        }

        return true;
    }

    // The least values of the forms of 1, 2, 4 and 8 bytes: smaller ones have a shorter form.
    private static ReadOnlySpan<long> LeastValues => [0x80, 0x100, 0x1_0000, 0x1_0000_0000];

    private bool TryReadLongInteger(out long value)
    {
        // With eight bytes behind the code, whose length does not matter then, two looks are enough. Above the signed
        // range a value comes out negative, so too small.
        var rest = _bytes[_position..];
        if (!_hasFailed && rest.Length > sizeof(long) && rest[0] is >= 0xCC and <= 0xCF)
        {
            var form = rest[0] & 0b11;
            var width = 1 << form;
            var eight = BinaryPrimitives.ReadUInt64BigEndian(rest[1..]);
            value = (long)(eight >> (64 - (8 * width)));
            if (value >= LeastValues[form])
            {
                _position += 1 + width;
                return true;
            }

            return Fail();
        }

        return TryReadAnyInteger(out value);
    }

    private bool TryReadAnyInteger(out long value)
    {
        value = 0;
        if (!TryReadCode(out var code))
        {
            return false;
        }

        if (code is < 0x80 or >= 0xE0)
        {
            value = (sbyte)code;
            return true;
        }

        return code switch
        {
            0xCC => TryReadUnsigned(1, 0x80, out value),
            0xCD => TryReadUnsigned(2, 0x100, out value),
            0xCE => TryReadUnsigned(4, 0x1_0000, out value),
            0xCF => TryReadUnsigned(8, 0x1_0000_0000, out value),
            0xD0 => TryReadNegative(1, -33, out value),
            0xD1 => TryReadNegative(2, sbyte.MinValue - 1, out value),
            0xD2 => TryReadNegative(4, short.MinValue - 1, out value),
            0xD3 => TryReadNegative(8, int.MinValue - 1L, out value),
            _ => Fail(),
        };
    }

    private bool TryReadUnsigned(int width, long min, out long value)
    {
        value = 0;
        if (!TryTake(width, out var bytes))
        {
            return false;
        }

        value = width switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            // Above the signed range it comes out negative, so too small.
            _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
        };
        return value >= min || Fail();
    }

    private bool TryReadNegative(int width, long max, out long value)
    {
        value = 0;
        if (!TryTake(width, out var bytes))
        {
            return false;
        }

        value = width switch
        {
            1 => (sbyte)bytes[0],
            2 => BinaryPrimitives.ReadInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
        };
        return value <= max || Fail();
    }

    private bool TryTakeCount(long length, int bytesEach, out int count)
    {
        count = (int)length;
        return length * bytesEach <= _bytes.Length - _position || Fail();
    }

    private bool TryTake(long length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length > _bytes.Length - _position)
        {
            return Fail();
        }

        bytes = _bytes.Slice(_position, (int)length);
        _position += (int)length;
        return true;
    }

    private bool TryReadCode(out byte code)
    {
        code = 0;
        if (_hasFailed || _position >= _bytes.Length)
        {
            return Fail();
        }

        code = _bytes[_position++];
        return true;
    }

    private bool Fail()
    {
        _hasFailed = true;
        return false;
    }
}
