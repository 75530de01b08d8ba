using System.Buffers.Binary;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication.Feed;

/// <summary>One record of the journal: the events of an entry; or none, which says that there were none up to that
/// entry. Layout in README.md.</summary>
/// <param name="Index">Log index.</param>
/// <param name="Term">Its term; 0 without events.</param>
/// <param name="At">Its cluster time; 0 without events.</param>
/// <param name="EventBytes">Length of the events behind the record's head.</param>
internal readonly record struct JournalRecord(long Index, long Term, Timestamp At, int EventBytes)
{
    public const int HeadBytes = 32;

    private const int LengthOffset = 4;
    private const int IndexOffset = 8;
    private const int TermOffset = 16;
    private const int TimeOffset = 24;

    /// <summary>Length of the whole record.</summary>
    public int Size => HeadBytes + EventBytes;

    /// <summary>Writes a record.</summary>
    /// <param name="destination">Exactly as long as the record.</param>
    /// <param name="entry">The entry; with no events it stands for none.</param>
    /// <param name="previous">Index of the record before, or the one its file begins after: a record that is not read
    /// behind its own predecessor is not valid.</param>
    public static void Encode(Span<byte> destination, in FeedEntry entry, long previous)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination[LengthOffset..], (uint)entry.Events.Length);
        BinaryPrimitives.WriteInt64LittleEndian(destination[IndexOffset..], entry.Index);
        BinaryPrimitives.WriteInt64LittleEndian(destination[TermOffset..], entry.Term);
        BinaryPrimitives.WriteInt64LittleEndian(destination[TimeOffset..], entry.At.Microseconds);
        entry.Events.Span.CopyTo(destination[HeadBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(
            destination, Checksum.Of((ulong)previous, destination[LengthOffset..]));
    }

    /// <summary>Reads the record at the beginning of some bytes.</summary>
    /// <returns>False where there is none, not all of it, or not the one that follows
    /// <paramref name="previous"/>.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> source, long previous, out JournalRecord record)
    {
        record = default;
        if (source.Length < HeadBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(source[LengthOffset..]);
        var index = BinaryPrimitives.ReadInt64LittleEndian(source[IndexOffset..]);
        if (length > source.Length - HeadBytes || index <= previous
            || BinaryPrimitives.ReadUInt32LittleEndian(source)
                != Checksum.Of((ulong)previous, source[LengthOffset..(HeadBytes + (int)length)]))
        {
            return false;
        }

        record = new JournalRecord(
            index, BinaryPrimitives.ReadInt64LittleEndian(source[TermOffset..]),
            new Timestamp(BinaryPrimitives.ReadInt64LittleEndian(source[TimeOffset..])), (int)length);
        return true;
    }
}
