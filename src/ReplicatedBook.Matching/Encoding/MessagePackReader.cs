namespace ReplicatedBook.Matching.Encoding;

/// <summary>Reads the MessagePack format strictly: a longer form than needed is refused.</summary>
/// <remarks>Nothing throws: a failed read returns false, and the reader stays failed.</remarks>
public ref struct MessagePackReader
{
    /// <summary>Reads from the start of <paramref name="bytes"/>.</summary>
    public MessagePackReader(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();

    /// <summary>Bytes read so far.</summary>
    public readonly int Consumed => throw new NotImplementedException();

    /// <summary>Whether all bytes were read and nothing failed.</summary>
    public readonly bool IsAtEnd => throw new NotImplementedException();

    /// <summary>Whether a read failed.</summary>
    public readonly bool HasFailed => throw new NotImplementedException();

    /// <summary>Reads nil if it is next; does not fail otherwise.</summary>
    public bool TryReadNil() => throw new NotImplementedException();

    /// <summary>Reads a boolean.</summary>
    public bool TryReadBoolean(out bool value) => throw new NotImplementedException();

    /// <summary>Reads an integer of the 64-bit signed range.</summary>
    public bool TryReadInteger(out long value) => throw new NotImplementedException();

    /// <summary>Reads an array header; the count is at most the bytes left.</summary>
    public bool TryReadArrayHeader(out int count) => throw new NotImplementedException();

    /// <summary>Reads a map header; the count is at most the bytes left.</summary>
    public bool TryReadMapHeader(out int count) => throw new NotImplementedException();

    /// <summary>Reads a text's UTF-8 bytes.</summary>
    public bool TryReadText(out ReadOnlySpan<byte> utf8) => throw new NotImplementedException();

    /// <summary>Reads bytes.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> bytes) => throw new NotImplementedException();
}
