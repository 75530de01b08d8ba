namespace ReplicatedBook.Replication;

/// <summary>Index, term, time, digest and outcome of the last applied entries; one writer, readers on any
/// thread.</summary>
public sealed class EntryRecords
{
    private readonly Lock _gate = new();
    private readonly EntryRecord[] _ring;
    private long _oldest;
    private long _next;

    /// <summary>Keeps the last <paramref name="capacity"/> entries.</summary>
    public EntryRecords(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _ring = new EntryRecord[capacity];
    }

    /// <summary>Lowest index kept; 0 when none is.</summary>
    public long Oldest
    {
        get
        {
            lock (_gate)
            {
                return _oldest;
            }
        }
    }

    /// <summary>Adds the entry after the last, or starts anew when it is not the next (a snapshot was
    /// installed).</summary>
    public void Add(in EntryRecord record)
    {
        lock (_gate)
        {
            if (record.Index != _next || _oldest == 0)
            {
                _oldest = record.Index;
            }

            _ring[record.Index % _ring.Length] = record;
            _next = record.Index + 1;
            _oldest = Math.Max(_oldest, _next - _ring.Length);
        }
    }

    /// <summary>The record of an entry; null when it is not kept or not yet applied.</summary>
    public EntryRecord? At(long index)
    {
        lock (_gate)
        {
            return _oldest != 0 && index >= _oldest && index < _next ? _ring[index % _ring.Length] : null;
        }
    }
}
