using System.Diagnostics;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <summary>The thread that writes the log: all batches that wait go to disk with one sync (group commit).</summary>
internal sealed class LogWriter
{
    private readonly object _gate = new();
    private readonly ReplicaStorage _storage;
    private readonly IReplicaMeasures _measures;
    private readonly Action<long> _persisted;
    private readonly Action<Exception> _failed;
    private readonly Thread _thread;
    private List<PersistBatch> _waiting = [];
    private long _waitingSince;
    private bool _isStopping;

    /// <summary>Starts the thread.</summary>
    /// <param name="storage">Written by this thread only.</param>
    /// <param name="measures">Is told how long batches take to become durable.</param>
    /// <param name="persisted">Called with the sequence of the last durable batch.</param>
    /// <param name="failed">Called once when the disk failed; nothing is written any more.</param>
    public LogWriter(
        ReplicaStorage storage, IReplicaMeasures measures, Action<long> persisted, Action<Exception> failed)
    {
        _storage = storage;
        _measures = measures;
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
            if (_waiting.Count == 0)
            {
                _waitingSince = Stopwatch.GetTimestamp();
            }

            _waiting.AddRange(batches);
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
            long since;
            lock (_gate)
            {
                while (_waiting.Count == 0 && !_isStopping)
                {
                    Monitor.Wait(_gate);
                }

                if (_waiting.Count == 0)
                {
                    return;
                }

                (writing, _waiting) = (_waiting, writing);
                since = _waitingSince;
            }

            try
            {
                _storage.Write(writing);
            }
            catch (Exception exception)
            {
                // A disk that failed, or a batch that contradicts the log: either way nothing may be written any more.
                _failed(exception);
                return;
            }

            _measures.Appended(Stopwatch.GetElapsedTime(since));
            _persisted(writing[^1].Sequence);
            writing.Clear();
        }
    }
}
