using System.Collections.Concurrent;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <summary>The thread that writes snapshots and reads pieces of them for followers, so that the log never waits for
/// them.</summary>
internal sealed class SnapshotWorker
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly ReplicaStorage _storage;
    private readonly Action<SnapshotMark, Digest> _saved;
    private readonly Action<SnapshotMark, DiskFullException> _givenUp;
    private readonly Action<Exception> _failed;
    private readonly IPeerTransport _transport;
    private readonly RaftConfig _raft;
    private readonly Thread _thread;
    private int _isPreparing;

    /// <summary>Starts the thread.</summary>
    /// <param name="storage">Whose snapshots.</param>
    /// <param name="raft">Sizes of pieces.</param>
    /// <param name="transport">Where pieces go.</param>
    /// <param name="saved">Called when a snapshot is durable.</param>
    /// <param name="givenUp">Called when there was no room for one; nothing is left of it.</param>
    /// <param name="failed">Called once when the disk failed; nothing is done any more.</param>
    public SnapshotWorker(
        ReplicaStorage storage, RaftConfig raft, IPeerTransport transport,
        Action<SnapshotMark, Digest> saved, Action<SnapshotMark, DiskFullException> givenUp,
        Action<Exception> failed)
    {
        _storage = storage;
        _raft = raft;
        _transport = transport;
        _saved = saved;
        _givenUp = givenUp;
        _failed = failed;
        _thread = new Thread(Run) { Name = "snapshots", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Makes a snapshot durable, then reports it with the hash of its state.</summary>
    public void Save(SnapshotContent snapshot) => _work.Add(() =>
    {
        try
        {
            _storage.SaveSnapshot(snapshot.Mark, snapshot.Bytes, Pause);
        }
        catch (DiskFullException exception)
        {
            _givenUp(snapshot.Mark, exception);
            return;
        }

        _saved(snapshot.Mark, snapshot.StateHash(Pause));
    });

    /// <summary>Zeroes the log's next segment, so that the log does not wait for that.</summary>
    public void PrepareSegment()
    {
        if (Interlocked.Exchange(ref _isPreparing, 1) == 0 && !_work.IsAddingCompleted)
        {
            _work.Add(() =>
            {
                _storage.PrepareSegment();
                Volatile.Write(ref _isPreparing, 0);
            });
        }
    }

    /// <summary>Does something else with the disk, behind what waits.</summary>
    /// <param name="work">An <see cref="IOException"/> of it is taken for the disk's failure.</param>
    public void Do(Action work) => _work.Add(work);

    /// <summary>Sends a piece of a snapshot; nothing when it is no longer kept: the leader asks again.</summary>
    /// <param name="piece">Which.</param>
    /// <param name="clusterTime">For the message.</param>
    public void Send(SnapshotPiece piece, long clusterTime) => _work.Add(() =>
    {
        if (_storage.ReadSnapshotPiece(piece.Mark, piece.Offset, _raft.MaxSnapshotChunkBytes) is { } read)
        {
            _transport.Send(new InstallSnapshot(
                _raft.Id, piece.To, piece.Term, piece.Mark, piece.Offset, read.Data, read.IsLast, clusterTime));
        }
    });

    /// <summary>Ends the thread after what waits.</summary>
    public void Stop()
    {
        _work.CompleteAdding();
        _thread.Join();
    }

    // Without it a large snapshot would take a processor for itself, and orders might wait for that.
    private static void Pause() => Thread.Sleep(1);

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            try
            {
                work();
            }
            catch (IOException exception)
            {
                _failed(exception);
                return;
            }
        }
    }
}
