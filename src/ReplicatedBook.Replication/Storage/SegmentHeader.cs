using System.Buffers.Binary;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>First block of a log segment: enough to check the chain and the log after all earlier segments were
/// released.</summary>
/// <param name="Sequence">Number of the segment, from 1, without gaps.</param>
/// <param name="PreviousChecksum">Checksum of the last record of the segment before; 0 in the first.</param>
/// <param name="Last">Last entry of the log before this segment, or the mark it was reset to; (0, 0) for none.</param>
/// <param name="CommitIndex">Highest commit index written before this segment.</param>
internal readonly record struct SegmentHeader(
    long Sequence, uint PreviousChecksum, SnapshotMark Last, long CommitIndex)
{
    private const int PreviousOffset = HeaderBlock.BodyOffset + 8;
    private const int LastIndexOffset = HeaderBlock.BodyOffset + 16;
    private const int LastTermOffset = HeaderBlock.BodyOffset + 24;
    private const int CommitOffset = HeaderBlock.BodyOffset + 32;

    private static ReadOnlySpan<byte> Magic => "RBOOKWAL"u8;

    /// <summary>Number that the segment's <see cref="RecordType.Synced"/> records carry, so that bytes of another
    /// segment, or of a client's payload, are not taken for one.</summary>
    /// <param name="headerChecksum">Checksum of the header; it depends on all of the log before.</param>
    public long Tag(uint headerChecksum) => (Sequence << 32) | headerChecksum;

    /// <summary>Fills a zeroed block.</summary>
    /// <returns>Its checksum, which the first record names.</returns>
    public uint Encode(Span<byte> block, StorageIdentity identity)
    {
        BinaryPrimitives.WriteInt64LittleEndian(block[HeaderBlock.BodyOffset..], Sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(block[PreviousOffset..], PreviousChecksum);
        BinaryPrimitives.WriteInt64LittleEndian(block[LastIndexOffset..], Last.Index);
        BinaryPrimitives.WriteInt64LittleEndian(block[LastTermOffset..], Last.Term);
        BinaryPrimitives.WriteInt64LittleEndian(block[CommitOffset..], CommitIndex);
        return HeaderBlock.Complete(block, Magic, identity);
    }

    /// <summary>Reads a block; null when it is damaged.</summary>
    public static SegmentHeader? Decode(ReadOnlySpan<byte> block, StorageIdentity identity, string file) =>
        HeaderBlock.IsValid(block, Magic, identity, file)
            ? new SegmentHeader(
                BinaryPrimitives.ReadInt64LittleEndian(block[HeaderBlock.BodyOffset..]),
                BinaryPrimitives.ReadUInt32LittleEndian(block[PreviousOffset..]),
                new SnapshotMark(
                    BinaryPrimitives.ReadInt64LittleEndian(block[LastIndexOffset..]),
                    BinaryPrimitives.ReadInt64LittleEndian(block[LastTermOffset..])),
                BinaryPrimitives.ReadInt64LittleEndian(block[CommitOffset..]))
            : null;
}
