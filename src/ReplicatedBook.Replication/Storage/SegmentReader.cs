namespace ReplicatedBook.Replication.Storage;

/// <summary>Reads one segment from its beginning, record by record, for as long as the chain holds.</summary>
internal sealed class SegmentReader
{
    private readonly byte[] _content;
    private readonly uint _headerChecksum;
    private bool _hasProof;

    private SegmentReader(string path, byte[] content, SegmentHeader header)
    {
        Path = path;
        _content = content;
        Header = header;
        _headerChecksum = HeaderBlock.StoredChecksum(content);
        Checksum = _headerChecksum;
        Offset = HeaderBlock.Bytes;
        ProvenTo = HeaderBlock.Bytes;
        UsedEnd = Math.Max(Offset, content.AsSpan().LastIndexOfAnyExcept((byte)0) + 1);
    }

    public string Path { get; }

    public SegmentHeader Header { get; }

    public int FileBytes => _content.Length;

    /// <summary>Where the next record begins, or where reading ended.</summary>
    public int Offset { get; private set; }

    /// <summary>Checksum of the last record read; that of the header before the first.</summary>
    public uint Checksum { get; private set; }

    /// <summary>All before this offset was synced, as a record after it says.</summary>
    public int ProvenTo { get; private set; }

    /// <summary>Whether the last record read sends the reader to the next segment.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>Whether an entry was read.</summary>
    public bool HasEntries { get; private set; }

    /// <summary>End of the last byte that is not zero.</summary>
    public int UsedEnd { get; }

    /// <summary>Whether nothing was written after the header.</summary>
    public bool IsUnused => UsedEnd == HeaderBlock.Bytes;

    /// <summary>Number that the segment's proofs carry.</summary>
    public long Tag => Header.Tag(_headerChecksum);

    /// <exception cref="StorageDamagedException">The header is damaged or another segment's; it is durable before the
    /// file gets its name, so no crash explains that.</exception>
    public static SegmentReader Open(IDisk disk, string path, long sequence, StorageIdentity identity)
    {
        var content = WholeFile.Read(disk, path);
        if (content.Length < HeaderBlock.Bytes
            || SegmentHeader.Decode(content.AsSpan(0, HeaderBlock.Bytes), identity, path) is not { } header)
        {
            throw new StorageDamagedException(path, 0, "the segment's header is not whole");
        }

        return header.Sequence == sequence
            ? new SegmentReader(path, content, header)
            : throw new StorageDamagedException(path, 0, $"the file holds segment {header.Sequence}");
    }

    /// <summary>Reads the next record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="payload">Its payload; shares this reader's memory.</param>
    /// <returns>False where the chain ends.</returns>
    public bool TryNext(out WalRecord record, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        if (IsSealed || !WalRecord.TryDecode(_content.AsSpan(Offset), out record) || record.Previous != Checksum
            || (record.Type == RecordType.Synced && !IsProof(in record, Offset)))
        {
            record = default;
            return false;
        }

        payload = _content.AsMemory(Offset + WalRecord.HeaderBytes, record.PayloadBytes);
        if (record.Type == RecordType.Synced)
        {
            ProvenTo = Offset;
            _hasProof = true;
        }

        IsSealed = record.Type == RecordType.NextSegment;
        HasEntries |= record.Type == RecordType.Entry;
        Checksum = record.Checksum;
        Offset += record.Size;
        return true;
    }

    /// <summary>Looks behind the end of the chain for a record that says: all before me was synced.</summary>
    /// <returns>Its offset; null when there is none, so that the end may be a torn tail.</returns>
    public int? FindProofAfterEnd()
    {
        for (var offset = Offset; offset < UsedEnd && offset + WalRecord.HeaderBytes <= _content.Length;
            offset += WalRecord.Alignment)
        {
            if (WalRecord.TryDecode(_content.AsSpan(offset, WalRecord.HeaderBytes), out var record)
                && IsProof(in record, offset))
            {
                return offset;
            }
        }

        return null;
    }

    /// <summary>Bytes read that no proof covers; shares this reader's memory.</summary>
    public ReadOnlyMemory<byte> Unproven => _content.AsMemory(ProvenTo, Offset - ProvenTo);

    /// <summary>Whether nothing was read that might not be on the disk; the last proof itself does not need to
    /// be.</summary>
    public bool IsProven => Unproven.Length == (_hasProof ? WalRecord.HeaderBytes : 0);

    private bool IsProof(in WalRecord record, int offset) =>
        record.Type == RecordType.Synced && record.PayloadBytes == 0 && record.Index == offset && record.Term == Tag;
}
