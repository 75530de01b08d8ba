namespace ReplicatedBook.Matching.Encoding;

/// <summary>What the layouts of the most frequent events are written to.</summary>
internal interface IPacker
{
    /// <summary>Bytes of the event written so far.</summary>
    int Length { get; }

    /// <summary>Writes an integer.</summary>
    void Integer(long value);

    /// <summary>Writes a value below 128, such as an enumeration's: one byte.</summary>
    void Small(byte value);

    /// <summary>Writes a boolean.</summary>
    void Boolean(bool value);

    /// <summary>Writes a text, or nil for none.</summary>
    void TextOrNil(scoped ReadOnlySpan<byte> utf8);
}
