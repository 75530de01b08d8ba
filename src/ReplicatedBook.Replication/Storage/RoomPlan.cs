namespace ReplicatedBook.Replication.Storage;

/// <summary>Where the segments will end that some records are going to fill.</summary>
/// <param name="segmentBytes">Soft limit of a segment.</param>
internal sealed class RoomPlan(long segmentBytes)
{
    private readonly List<long> _ends = [];
    private long _position;
    private bool _hasEntries;

    /// <summary>For each segment, the present one first, where its last byte will be; closing marks included.</summary>
    public IReadOnlyList<long> Ends => _ends;

    /// <summary>Whether no record was added.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Whether a record goes into the next segment.</summary>
    public static bool MustRoll(bool hasEntries, long position, int size, long segmentBytes) =>
        hasEntries && position + size > segmentBytes;

    /// <summary>Begins at the present end of the log.</summary>
    public void Begin(long position, bool hasEntries)
    {
        _ends.Clear();
        (_position, _hasEntries, IsEmpty) = (position, hasEntries, true);
    }

    /// <summary>Adds a record.</summary>
    public void Add(int size, bool isEntry)
    {
        if (MustRoll(_hasEntries, _position, size, segmentBytes))
        {
            _ends.Add(_position + WalRecord.HeaderBytes);
            (_position, _hasEntries) = (HeaderBlock.Bytes, false);
        }

        _position += size;
        _hasEntries |= isEntry;
        IsEmpty = false;
    }

    /// <summary>Adds the mark that follows a sync.</summary>
    public void End() => _ends.Add(_position + WalRecord.HeaderBytes);
}
