namespace ReplicatedBook.Replication.Storage;

/// <summary>The next segments, zeroed before they are needed.</summary>
/// <remarks><see cref="Prepare"/> is for another thread than the log's; the rest is for the log's.</remarks>
internal sealed class SpareSegments(IDisk disk, string directory, long segmentBytes) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<SpareSegment> _ready = [];
    private long _number;
    private bool _hasFailed;
    private bool _isClosed;

    /// <summary>Whether <see cref="Prepare"/> has something to do: none is ready, and the last try did not fail for
    /// lack of room.</summary>
    public bool IsDue
    {
        get
        {
            lock (_gate)
            {
                return _ready.Count == 0 && !_hasFailed && !_isClosed;
            }
        }
    }

    /// <summary>Makes one of full size, zeroed and synced, unless one is ready.</summary>
    /// <returns>False when there is no room; it is not tried again until the log has come to its next segment all the
    /// same.</returns>
    public bool Prepare()
    {
        if (!IsDue)
        {
            return true;
        }

        SpareSegment? spare = null;
        try
        {
            spare = Create();
            spare.GrowAndSync(segmentBytes);
        }
        catch (DiskFullException)
        {
            spare?.Delete();
            lock (_gate)
            {
                _hasFailed = true;
            }

            return false;
        }
        catch
        {
            spare?.Dispose();
            throw;
        }

        lock (_gate)
        {
            if (_isClosed)
            {
                spare.Dispose();
            }
            else
            {
                _ready.Add(spare);
            }
        }

        return true;
    }

    /// <summary>Makes sure that the n-th of the next segments has room.</summary>
    /// <param name="position">From 0.</param>
    /// <param name="bytes">How much of it will be used.</param>
    /// <exception cref="DiskFullException">There is no room, now.</exception>
    public void Reserve(int position, long bytes)
    {
        SpareSegment spare;
        lock (_gate)
        {
            spare = position < _ready.Count ? _ready[position] : AddSmall();
        }

        if (spare.Bytes < bytes)
        {
            spare.Grow(bytes);
        }
    }

    /// <summary>Takes the next one; makes a small one when none is ready.</summary>
    public SpareSegment Take()
    {
        lock (_gate)
        {
            _hasFailed = false;
            var spare = _ready.Count > 0 ? _ready[0] : AddSmall();
            _ready.RemoveAt(0);
            return spare;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _ready.ForEach(spare => spare.Dispose());
            _ready.Clear();
        }
    }

    // One zeroed step, no more: the log waits for it.
    private SpareSegment AddSmall()
    {
        var spare = Create();
        try
        {
            spare.Grow(Math.Min(Segment.ZeroStepBytes, segmentBytes));
        }
        catch (DiskFullException)
        {
            spare.Delete();
            throw;
        }

        _ready.Add(spare);
        return spare;
    }

    private SpareSegment Create() => SpareSegment.Create(disk, directory, Interlocked.Increment(ref _number));
}
