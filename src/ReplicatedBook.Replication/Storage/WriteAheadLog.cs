using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Replication.Storage;

/// <summary>The log on disk: collects records in memory, writes them at once, and syncs once for all of them.</summary>
/// <remarks>For one thread. After an exception it must not be used again: what is in memory and what is on disk may
/// differ.</remarks>
internal sealed class WriteAheadLog : IDisposable
{
    // Above this a group is written in parts, still under one sync, so that a large one does not keep its memory for
    // ever.
    private const int MaxBufferBytes = 8 << 20;

    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly StorageIdentity _identity;
    private readonly long _segmentBytes;
    private readonly TermRuns _terms;
    private readonly List<(SegmentHeader Header, string Path, long Bytes)> _older = [];
    private readonly SpareSegments _spares;
    private readonly RoomPlan _plan;

    private byte[] _buffer = new byte[64 << 10];
    private int _buffered;
    private Segment _segment;
    private SyncedFile _synced = null!;
    private uint _checksum;
    private bool _hasEntries;
    private bool _mustSync;
    private long _firstLiveSequence;
    private long _olderBytes;
    private long _bytes;

    private WriteAheadLog(
        IDisk disk, string directory, StorageIdentity identity, long segmentBytes, SpareSegments spares,
        Segment segment, uint checksum, SnapshotMark start)
    {
        _disk = disk;
        _directory = directory;
        _identity = identity;
        _segmentBytes = segmentBytes;
        _spares = spares;
        _plan = new RoomPlan(segmentBytes);
        _segment = segment;
        _checksum = checksum;
        _terms = new TermRuns(start);
        CountBytes();
    }

    /// <summary>The last entry, written or collected; the mark the log starts after when there is none.</summary>
    public SnapshotMark Last => _terms.Last;

    /// <summary>Highest commit index written or collected.</summary>
    public long CommitIndex { get; private set; }

    /// <summary>Bytes of all segments; any thread may ask.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whether <see cref="PrepareSegment"/> has something to do: the present segment is half full.</summary>
    public bool IsSegmentDue => _segment.Position > _segmentBytes / 2 && _spares.IsDue;

    /// <summary>Makes the first segment of a new log; durable when this returns.</summary>
    public static WriteAheadLog Create(IDisk disk, string directory, StorageIdentity identity, long segmentBytes)
    {
        var header = new SegmentHeader(1, 0, default, 0);
        var spares = new SpareSegments(disk, directory, segmentBytes);
        var segment = Segment.Create(spares.Take(), directory, identity, in header, segmentBytes, out var checksum);
        var log = new WriteAheadLog(
            disk, directory, identity, segmentBytes, spares, segment, checksum, default);
        log._synced = SyncedFile.Open(disk, directory, identity, exists: false, log.MarkAt(segment.Position));
        return log;
    }

    /// <summary>Goes on with a recovered log, once all of it is durable.</summary>
    public static WriteAheadLog Open(
        IDisk disk, string directory, StorageIdentity identity, long segmentBytes, RecoveredLog recovered)
    {
        var isWritten = recovered.MakeDurable(disk, directory);
        var log = new WriteAheadLog(
            disk, directory, identity, segmentBytes, new SpareSegments(disk, directory, segmentBytes),
            Segment.Open(disk, recovered.Tail, segmentBytes), recovered.Tail.Checksum, recovered.Replay.Start)
        {
            CommitIndex = recovered.Replay.CommitIndex,
            _hasEntries = recovered.Tail.HasEntries,
        };
        foreach (var entry in recovered.Replay.Entries)
        {
            log._terms.Append(entry.Index, entry.Term);
        }

        foreach (var segment in recovered.Segments.SkipLast(1))
        {
            log._older.Add((segment.Header, segment.Path, segment.FileBytes));
            log._olderBytes += segment.FileBytes;
        }

        // The last proof itself need not be durable, so nothing may be said to be that comes after its beginning.
        log._synced = SyncedFile.Open(
            disk, directory, identity, recovered.HasSyncedFile,
            log.MarkAt(isWritten ? log._segment.Position : recovered.Tail.ProvenTo));
        if (isWritten)
        {
            log.WriteProof();
        }

        log.CountBytes();
        return log;
    }

    /// <summary>Makes sure that there is room for all that some batches bring, before any of it is collected.</summary>
    /// <exception cref="DiskFullException">There is none, now; nothing has changed.</exception>
    public void Reserve(IReadOnlyList<PersistBatch> batches)
    {
        var commitIndex = 0L;
        _plan.Begin(_segment.Position, _hasEntries);
        for (var i = 0; i < batches.Count; i++)
        {
            if (batches[i].ResetTo is not null)
            {
                _plan.Add(WalRecord.HeaderBytes, isEntry: false);
            }

            if (batches[i].TruncateFrom > 0)
            {
                _plan.Add(WalRecord.HeaderBytes, isEntry: false);
            }

            for (var j = 0; j < batches[i].Entries.Count; j++)
            {
                _plan.Add(WalRecord.SizeOf(batches[i].Entries[j].Payload.Length), isEntry: true);
            }

            commitIndex = Math.Max(commitIndex, batches[i].CommitIndex);
        }

        if (commitIndex > CommitIndex)
        {
            _plan.Add(WalRecord.HeaderBytes, isEntry: false);
        }

        if (_plan.IsEmpty)
        {
            return; // A vote alone: it has its place.
        }

        _plan.End();
        _segment.Reserve(_plan.Ends[0]);
        for (var i = 1; i < _plan.Ends.Count; i++)
        {
            _spares.Reserve(i - 1, _plan.Ends[i]);
        }
    }

    /// <summary>Zeroes the next segment before it is needed; for another thread than the log's.</summary>
    /// <returns>False when there is no room for it.</returns>
    public bool PrepareSegment() => _spares.Prepare();

    /// <summary>Forgets all entries and goes on after a mark.</summary>
    public void Reset(SnapshotMark mark)
    {
        Put(RecordType.Reset, 0, mark.Index, mark.Term, default);
        _terms.Reset(mark);
        CommitIndex = Math.Max(CommitIndex, mark.Index);
        _mustSync = true;
        _firstLiveSequence = _segment.Header.Sequence;
    }

    /// <summary>Removes all entries from an index on; nothing when there are none.</summary>
    /// <exception cref="ArgumentException">One of them is committed, or is not in this log any more.</exception>
    public void TruncateFrom(long index)
    {
        if (index > Last.Index)
        {
            return;
        }

        if (index <= CommitIndex || index <= _terms.Start.Index)
        {
            throw new ArgumentException(
                $"cannot truncate from {index}: the log starts after {_terms.Start.Index}, committed is {CommitIndex}",
                nameof(index));
        }

        var keep = _terms.MarkAt(index - 1);
        Put(RecordType.Truncate, 0, keep.Index, keep.Term, default);
        _terms.KeepUpTo(keep.Index);
        _mustSync = true;
    }

    /// <summary>Adds an entry.</summary>
    /// <exception cref="ArgumentException">It does not follow the last one, or is longer than 256 MiB.</exception>
    public void Append(in LogEntry entry)
    {
        if (entry.Index != Last.Index + 1 || entry.Term < Last.Term)
        {
            throw new ArgumentException(
                $"entry {entry.Index} of term {entry.Term} does not follow {Last.Index} of term {Last.Term}",
                nameof(entry));
        }

        if (entry.Payload.Length > WalRecord.MaxPayloadBytes)
        {
            throw new ArgumentException($"a payload of {entry.Payload.Length} bytes is too long", nameof(entry));
        }

        Put(RecordType.Entry, entry.Kind, entry.Index, entry.Term, entry.Payload.Span);
        _terms.Append(entry.Index, entry.Term);
        _hasEntries = true;
        _mustSync = true;
    }

    /// <summary>Notes a commit index; as much of it as this log holds. Asks for no sync.</summary>
    public void Commit(long index)
    {
        var held = Math.Min(index, Last.Index);
        if (held > CommitIndex)
        {
            Put(RecordType.Commit, 0, held, 0, default);
            CommitIndex = held;
        }
    }

    /// <summary>Writes all that was collected and returns when it is durable; a lone commit index is written and not
    /// synced.</summary>
    public void Flush()
    {
        WriteBuffer();
        if (_mustSync)
        {
            _segment.Sync();
            _mustSync = false;
            _synced.Write(MarkAt(_segment.Position));
            WriteProof();
        }

        CountBytes();
    }

    /// <summary>Deletes segments all of whose entries are below an index or were reset; never the one that is written
    /// to.</summary>
    /// <remarks>Deletions are not synced: what a crash brings back is part of the log again, or stands before a
    /// gap.</remarks>
    /// <returns>Whether there were any.</returns>
    public bool Release(long before)
    {
        var released = 0;
        while (released < _older.Count)
        {
            var next = released + 1 < _older.Count ? _older[released + 1].Header : _segment.Header;
            if (_older[released].Header.Sequence >= _firstLiveSequence && next.Last.Index >= before)
            {
                break;
            }

            _disk.Delete(_older[released].Path);
            _olderBytes -= _older[released].Bytes;
            released++;
        }

        if (released > 0)
        {
            _older.RemoveRange(0, released);
            CountBytes();
        }

        return released > 0;
    }

    public void Dispose()
    {
        _segment.Dispose();
        _synced.Dispose();
        _spares.Dispose();
    }

    private void Put(RecordType type, EntryKind kind, long index, long term, ReadOnlySpan<byte> payload)
    {
        var size = WalRecord.SizeOf(payload.Length);
        if (RoomPlan.MustRoll(_hasEntries, _segment.Position + _buffered, size, _segmentBytes))
        {
            Roll();
        }

        Encode(type, kind, index, term, payload, size);
    }

    private void Encode(RecordType type, EntryKind kind, long index, long term, ReadOnlySpan<byte> payload, int size)
    {
        if (_buffered + size > _buffer.Length)
        {
            if (_buffered + size > MaxBufferBytes)
            {
                WriteBuffer();
            }

            if (_buffered + size > _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Max(_buffered + size, Math.Min(2 * _buffer.Length, MaxBufferBytes)));
            }
        }

        _checksum = WalRecord.Encode(_buffer.AsSpan(_buffered), type, kind, index, term, payload, _checksum);
        _buffered += size;
    }

    private void WriteBuffer()
    {
        if (_buffered > 0)
        {
            _segment.Append(_buffer.AsSpan(0, _buffered));
            _buffered = 0;
        }

        if (_buffer.Length > MaxBufferBytes)
        {
            _buffer = new byte[MaxBufferBytes]; // One huge entry; not worth keeping its memory.
        }
    }

    // All before is durable, and from now on the log says so. Not synced: it becomes durable with the next group, or
    // when the system writes it; until then a crash of the process alone leaves it readable, and that is when disks get
    // touched.
    private void WriteProof()
    {
        Encode(RecordType.Synced, 0, _segment.Position, _segment.Tag, default, WalRecord.HeaderBytes);
        WriteBuffer();
    }

    // The next segment is durable before the record that leads to it, so a record without a segment is damage; and it
    // gets its first record only after this one is synced, so a hole before a used segment is damage.
    private void Roll()
    {
        var sequence = _segment.Header.Sequence + 1;
        Encode(RecordType.NextSegment, 0, sequence, 0, default, WalRecord.HeaderBytes);
        var header = new SegmentHeader(sequence, _checksum, Last, CommitIndex);
        var next = Segment.Create(_spares.Take(), _directory, _identity, in header, _segmentBytes, out var checksum);
        try
        {
            WriteBuffer();
            _segment.Sync();
        }
        catch
        {
            next.Dispose();
            throw;
        }

        _older.Add((_segment.Header, _segment.Path, _segment.FileBytes));
        _olderBytes += _segment.FileBytes;
        _segment.Dispose();
        _segment = next;
        _checksum = checksum;
        _hasEntries = false;
    }

    private SyncedMark MarkAt(long end) => new(_segment.Header.Sequence, _segment.Tag, end);

    private void CountBytes() => Volatile.Write(ref _bytes, _olderBytes + _segment.FileBytes);
}
