using System.Buffers;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Writes the MessagePack format, always in the shortest form.</summary>
/// <remarks>A thin struct over an <see cref="IBufferWriter{T}"/>; pass by ref; call <see cref="Flush"/> at the end.</remarks>
public ref struct MessagePackWriter
{
    /// <summary>Writes to <paramref name="destination"/>.</summary>
    public MessagePackWriter(IBufferWriter<byte> destination) => throw new NotImplementedException();

    /// <summary>Writes nil.</summary>
    public void WriteNil() => throw new NotImplementedException();

    /// <summary>Writes a boolean.</summary>
    public void WriteBoolean(bool value) => throw new NotImplementedException();

    /// <summary>Writes an integer.</summary>
    public void WriteInteger(long value) => throw new NotImplementedException();

    /// <summary>Writes an array header; so many values follow.</summary>
    public void WriteArrayHeader(int count) => throw new NotImplementedException();

    /// <summary>Writes a map header; so many pairs follow.</summary>
    public void WriteMapHeader(int count) => throw new NotImplementedException();

    /// <summary>Writes a text whose UTF-8 bytes are given.</summary>
    public void WriteText(scoped ReadOnlySpan<byte> utf8) => throw new NotImplementedException();

    /// <summary>Writes bytes.</summary>
    public void WriteBytes(scoped ReadOnlySpan<byte> bytes) => throw new NotImplementedException();

    /// <summary>Hands what was written to the destination.</summary>
    public void Flush() => throw new NotImplementedException();
}
