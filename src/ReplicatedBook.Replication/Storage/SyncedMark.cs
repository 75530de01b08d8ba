namespace ReplicatedBook.Replication.Storage;

/// <summary>A place in the log up to which all is on the disk.</summary>
/// <param name="Sequence">Number of the segment.</param>
/// <param name="Tag">The segment's <see cref="SegmentHeader.Tag"/>, so that another log's place is not taken for
/// one.</param>
/// <param name="End">Offset in the segment's file; all before it was synced.</param>
internal readonly record struct SyncedMark(long Sequence, long Tag, long End)
{
    /// <summary>Compares with the log as it was read.</summary>
    /// <exception cref="StorageDamagedException">The log ends before what was synced.</exception>
    public void Check(SegmentReader tail)
    {
        if (Sequence > tail.Header.Sequence)
        {
            throw new StorageDamagedException(
                tail.Path, tail.Offset, $"segment {Sequence} was synced up to byte {End}, and is missing");
        }

        if (Sequence == tail.Header.Sequence && (Tag != tail.Tag || End > tail.Offset))
        {
            throw new StorageDamagedException(tail.Path, tail.Offset, $"the log was synced up to byte {End}");
        }
    }
}
