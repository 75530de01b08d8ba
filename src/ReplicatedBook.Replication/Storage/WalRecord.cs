using System.Buffers.Binary;
using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Replication.Storage;

/// <summary>One record of the write-ahead log; layout in README.md, held by golden bytes.</summary>
/// <param name="Type">What it says.</param>
/// <param name="Kind">Kind of entry; 0 in other records.</param>
/// <param name="Index">See <see cref="RecordType"/>.</param>
/// <param name="Term">See <see cref="RecordType"/>.</param>
/// <param name="PayloadBytes">Length of the payload, which begins <see cref="HeaderBytes"/> after the record.</param>
/// <param name="Previous">Checksum of the record before; of the segment's header for the first.</param>
/// <param name="Checksum">Over all of the record, <paramref name="Previous"/> and length included.</param>
internal readonly record struct WalRecord(
    RecordType Type, EntryKind Kind, long Index, long Term, int PayloadBytes, uint Previous, uint Checksum)
{
    public const int HeaderBytes = 32;

    /// <summary>Records begin at multiples of this.</summary>
    public const int Alignment = 8;

    /// <summary>Longest payload: 256 MiB, far above what a node admits; longer ones are refused, and damage when
    /// read.</summary>
    public const int MaxPayloadBytes = 256 << 20;

    private const int ChecksumOffset = 4;
    private const int PreviousOffset = 8;
    private const int TypeOffset = 12;
    private const int KindOffset = 13;
    private const int ReservedOffset = 14;
    private const int IndexOffset = 16;
    private const int TermOffset = 24;

    /// <summary>Bytes that this record takes.</summary>
    public int Size => SizeOf(PayloadBytes);

    /// <summary>Bytes that a record with such a payload takes, padding included.</summary>
    public static int SizeOf(int payloadBytes) => HeaderBytes + ((payloadBytes + Alignment - 1) & -Alignment);

    /// <summary>Writes a record.</summary>
    /// <param name="target">At least <see cref="SizeOf"/> bytes, whatever they hold.</param>
    /// <returns>Its checksum, which the next record must name.</returns>
    public static uint Encode(
        Span<byte> target, RecordType type, EntryKind kind, long index, long term, ReadOnlySpan<byte> payload,
        uint previous)
    {
        var record = target[..SizeOf(payload.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[PreviousOffset..], previous);
        record[TypeOffset] = (byte)type;
        record[KindOffset] = (byte)kind;
        BinaryPrimitives.WriteUInt16LittleEndian(record[ReservedOffset..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(record[IndexOffset..], index);
        BinaryPrimitives.WriteInt64LittleEndian(record[TermOffset..], term);
        payload.CopyTo(record[HeaderBytes..]);
        record[(HeaderBytes + payload.Length)..].Clear();

        var checksum = Compute(record, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[ChecksumOffset..], checksum);
        return checksum;
    }

    /// <summary>Reads the record at the beginning of some bytes; whether it follows the one before is for the
    /// caller.</summary>
    /// <returns>False where there is none or not all of it; free space is none.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> source, out WalRecord record)
    {
        record = default;
        if (source.Length < HeaderBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(source);
        var type = (RecordType)source[TypeOffset];
        if (length > MaxPayloadBytes || SizeOf((int)length) > source.Length
            || type is < RecordType.Entry or > RecordType.NextSegment)
        {
            return false;
        }

        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(source[ChecksumOffset..]);
        if (checksum != Compute(source[..SizeOf((int)length)], (int)length))
        {
            return false;
        }

        record = new WalRecord(
            type, (EntryKind)source[KindOffset], BinaryPrimitives.ReadInt64LittleEndian(source[IndexOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[TermOffset..]), (int)length,
            BinaryPrimitives.ReadUInt32LittleEndian(source[PreviousOffset..]), checksum);
        return true;
    }

    // The first eight bytes are length and checksum; the checksum counts as zero.
    private static uint Compute(ReadOnlySpan<byte> record, int length) =>
        Storage.Checksum.Of((ulong)(uint)length, record[PreviousOffset..]);
}
