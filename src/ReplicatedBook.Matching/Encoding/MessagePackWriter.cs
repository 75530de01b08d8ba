using System.Buffers;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Writes the MessagePack format, always in the shortest form.</summary>
/// <remarks>A thin struct over an <see cref="IBufferWriter{T}"/>; pass by ref; call <see cref="Flush"/> at the
/// end.</remarks>
public ref struct MessagePackWriter
{
    private const int MinChunk = 1_024;

    private readonly IBufferWriter<byte> _destination;
    private PackedSpan _chunk;
    private int _room;

    /// <summary>Writes to <paramref name="destination"/>.</summary>
    public MessagePackWriter(IBufferWriter<byte> destination)
    {
        _destination = destination;
        _chunk = default;
        _room = 0;
    }

    /// <summary>Writes nil.</summary>
    public void WriteNil()
    {
        Ensure(PackedSpan.MaxScalar);
        _chunk.Nil();
    }

    /// <summary>Writes a boolean.</summary>
    public void WriteBoolean(bool value)
    {
        Ensure(PackedSpan.MaxScalar);
        _chunk.Boolean(value);
    }

    /// <summary>Writes an integer.</summary>
    public void WriteInteger(long value)
    {
        Ensure(PackedSpan.MaxScalar);
        _chunk.Integer(value);
    }

    /// <summary>Writes an array header; so many values follow.</summary>
    public void WriteArrayHeader(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Ensure(PackedSpan.MaxScalar);
        _chunk.ArrayHeader(count);
    }

    /// <summary>Writes a map header; so many pairs follow.</summary>
    public void WriteMapHeader(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Ensure(PackedSpan.MaxScalar);
        _chunk.MapHeader(count);
    }

    /// <summary>Writes a text whose UTF-8 bytes are given.</summary>
    public void WriteText(scoped ReadOnlySpan<byte> utf8)
    {
        Ensure(PackedSpan.MaxPrefix + utf8.Length);
        _chunk.Text(utf8);
    }

    /// <summary>Writes a text.</summary>
    public void WriteText(string text)
    {
        var length = System.Text.Encoding.UTF8.GetByteCount(text);
        Span<byte> utf8 = length <= 256 ? stackalloc byte[length] : new byte[length];
        System.Text.Encoding.UTF8.GetBytes(text, utf8);
        WriteText(utf8);
    }

    /// <summary>Writes bytes.</summary>
    public void WriteBytes(scoped ReadOnlySpan<byte> bytes)
    {
        Ensure(PackedSpan.MaxPrefix + bytes.Length);
        _chunk.Bytes(bytes);
    }

    /// <summary>Writes a whole number of 128 bits: as an integer where it is one of 64 bits, else as 16
    /// bytes.</summary>
    public void WriteWide(Int128 value)
    {
        Ensure(PackedSpan.MaxScalar + 16);
        _chunk.Wide(value);
    }

    /// <summary>Hands what was written to the destination.</summary>
    public void Flush()
    {
        _destination.Advance(_chunk.Length);
        _chunk = default;
        _room = 0;
    }

    private void Ensure(int bytes)
    {
        if (_room - _chunk.Length >= bytes)
        {
            return;
        }

        Flush();
        var span = _destination.GetSpan(Math.Max(bytes, MinChunk));
        _chunk = new PackedSpan(span);
        _room = span.Length;
    }
}
