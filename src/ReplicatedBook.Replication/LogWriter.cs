using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <summary>The thread that writes the log: all batches that wait go to disk with one sync (group commit).</summary>
internal sealed class LogWriter
{
    private readonly object _gate = new();
    private readonly ReplicaStorage _storage;
    private readonly Action<long> _persisted;
    private readonly Action<Exception> _failed;
    private readonly Thread _thread;
    private List<PersistBatch> _waiting = [];
    private bool _isWholeWaiting;
    private bool _isStopping;

    /// <summary>Starts the thread.</summary>
    /// <param name="storage">Written by this thread only.</param>
    /// <param name="persisted">Called with the sequence of the last durable batch.</param>
    /// <param name="failed">Called once when the disk failed; nothing is written any more.</param>
    public LogWriter(ReplicaStorage storage, Action<long> persisted, Action<Exception> failed)
    {
        _storage = storage;
        _persisted = persisted;
        _failed = failed;
        _thread = new Thread(Run) { Name = "log writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Adds batches; their number is bounded by what the replica leaves uncommitted.</summary>
    public void Add(List<PersistBatch> batches)
    {
        lock (_gate)
        {
            _waiting.AddRange(batches);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Marks the directory as whole once all batches added before are written.</summary>
    public void MarkWhole()
    {
        lock (_gate)
        {
            _isWholeWaiting = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Writes what waits and ends the thread.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        var writing = new List<PersistBatch>();
        while (true)
        {
            bool isWhole;
            lock (_gate)
            {
                while (_waiting.Count == 0 && !_isWholeWaiting && !_isStopping)
                {
                    Monitor.Wait(_gate);
                }

                if (_waiting.Count == 0 && !_isWholeWaiting)
                {
                    return;
                }

                (writing, _waiting) = (_waiting, writing);
                (isWhole, _isWholeWaiting) = (_isWholeWaiting, false);
            }

            try
            {
                if (writing.Count > 0)
                {
                    _storage.Write(writing);
                }

                if (isWhole)
                {
                    _storage.MarkWhole();
                }
            }
            catch (Exception exception)
            {
                // A disk that failed, or a batch that contradicts the log: either way nothing may be written any more.
                _failed(exception);
                return;
            }

            if (writing.Count > 0)
            {
                _persisted(writing[^1].Sequence);
                writing.Clear();
            }
        }
    }
}
