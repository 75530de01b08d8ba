using System.Diagnostics;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <summary>The thread that writes the log: all batches that wait go to disk with one sync (group commit).</summary>
/// <remarks>When the disk is full it keeps what waits and tries again now and then; nothing is reported until it is
/// written. Any other failure ends it.</remarks>
internal sealed class LogWriter
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Parker _parker = new();
    private readonly ReplicaStorage _storage;
    private readonly LogWriterEvents _events;
    private readonly TimeSpan _retryInterval;
    private readonly Thread _thread;
    private List<PersistBatch> _waiting = [];
    private List<PersistBatch> _unused = [];
    private bool _isWholeWaiting;
    private long _waitingSince;
    private long _writingSince;
    private bool _isStopping;

    /// <summary>Starts the thread.</summary>
    /// <param name="storage">Written by this thread only.</param>
    /// <param name="events">What it reports, on its own thread.</param>
    /// <param name="retryInterval">Time between two tries while there is no room.</param>
    public LogWriter(ReplicaStorage storage, LogWriterEvents events, TimeSpan retryInterval)
    {
        _storage = storage;
        _events = events;
        _retryInterval = retryInterval;
        _thread = new Thread(Run) { Name = "log writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Adds batches; their number is bounded by what the replica leaves uncommitted.</summary>
    public void Add(List<PersistBatch> batches)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _waitingSince = Stopwatch.GetTimestamp();
            }

            _waiting.AddRange(batches);
        }

        _parker.Unpark();
    }

    /// <summary>Marks the directory as whole once all batches added before are written.</summary>
    public void MarkWhole()
    {
        lock (_gate)
        {
            _isWholeWaiting = true;
        }

        _parker.Unpark();
    }

    /// <summary>Writes what waits, unless there is no room for it, and ends the thread.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopping = true;
        }

        _parker.Unpark();
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            while (Take(out var writing, out var isWhole) && WriteAll(writing))
            {
                if (isWhole)
                {
                    _storage.MarkWhole();
                    _events.MarkedWhole();
                }

                if (_storage.IsSegmentDue)
                {
                    _events.SegmentDue();
                }
            }
        }
        catch (Exception exception)
        {
            // A disk that failed, or a batch that contradicts the log: either way nothing may be written any more.
            _events.Failed(exception);
        }
    }

    /// <returns>False when it is time to end.</returns>
    private bool Take(out List<PersistBatch> writing, out bool isWhole)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_waiting.Count > 0 || _isWholeWaiting || _isStopping)
                {
                    (writing, _waiting) = (_waiting, _unused);
                    _writingSince = _waitingSince;
                    (isWhole, _isWholeWaiting) = (_isWholeWaiting, false);
                    return writing.Count > 0 || isWhole;
                }
            }

            _parker.Park(IdleLimit);
        }
    }

    /// <returns>False when there was no room until the end.</returns>
    private bool WriteAll(List<PersistBatch> writing)
    {
        while (writing.Count > 0)
        {
            try
            {
                _storage.Write(writing);
            }
            catch (DiskFullException exception) when (_storage.IsFull)
            {
                _events.Full(exception);
                if (!WaitForRoom())
                {
                    return false;
                }

                TakeMore(writing); // Among them may be a batch that releases segments.
                continue;
            }

            _events.Appended(Stopwatch.GetElapsedTime(_writingSince));
            _events.Persisted(writing[^1].Sequence);
            break;
        }

        writing.Clear();
        _unused = writing;
        return true;
    }

    private bool WaitForRoom()
    {
        var until = Environment.TickCount64 + (long)_retryInterval.TotalMilliseconds;
        while (true)
        {
            lock (_gate)
            {
                if (_isStopping)
                {
                    return false;
                }
            }

            var left = until - Environment.TickCount64;
            if (left <= 0)
            {
                return true;
            }

            _parker.Park(TimeSpan.FromMilliseconds(left));
        }
    }

    private void TakeMore(List<PersistBatch> writing)
    {
        lock (_gate)
        {
            writing.AddRange(_waiting);
            _waiting.Clear();
        }
    }
}
