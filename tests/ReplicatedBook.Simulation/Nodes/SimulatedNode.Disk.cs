using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Simulation.Disk;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Invariants;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Nodes;

/// <content>The two threads that a node has for its disk: one writes the log, one saves snapshots.</content>
internal sealed partial class SimulatedNode
{
    private readonly List<PersistBatch> _waitingWrites = [];
    private readonly Queue<SnapshotContent> _waitingSnapshots = new();
    private List<PersistBatch>? _writing;
    private SnapshotContent? _saving;
    private ReplicaStorage _storage = null!;
    private long _writes;
    private bool _isInstalling;
    private bool _isReportLate;
    private long _lastQueued; // Sequence of the newest batch.
    private long? _wholeAfter; // When this is written the directory is whole.

    /// <summary>The node's disk; outlives its processes.</summary>
    public SimulatedDisk Disk { get; } = new();

    /// <summary>What must be on it.</summary>
    public DurableImage Image { get; } = new();

    /// <summary>How many times slower than usual the disk is now.</summary>
    public int DiskSlowness { get; set; } = 1;

    private void QueueWrite(PersistBatch batch)
    {
        _lastQueued = batch.Sequence;
        _waitingWrites.Add(Defects.Tamper(_world, batch));
        if (_world.Plan.Defect == PlantedDefect.ReportBeforeWrite)
        {
            Input(replica => replica.Persisted(batch.Sequence));
        }

        BeginWrite();
    }

    /// <summary>The directory is to be marked as whole once all that was asked for before is written.</summary>
    private void QueueWhole()
    {
        _wholeAfter = _lastQueued;
        if (_writing is null && _waitingWrites.Count == 0)
        {
            MarkWhole(_lastQueued);
        }
    }

    private void MarkWhole(long written)
    {
        if (!IsRunning || _wholeAfter is not { } after || written < after)
        {
            return;
        }

        _wholeAfter = null;
        try
        {
            _storage.MarkWhole();
            NoteWhole();
        }
        catch (DiskErrorException exception)
        {
            Fail(exception);
        }
        catch (PowerLossException)
        {
            CrashHere(Sometimes.CrashesInsideAWrite);
        }
    }

    /// <summary>Takes all that waits, as one group; with the fault of that name one batch alone.</summary>
    private void BeginWrite()
    {
        if (_writing is not null || _waitingWrites.Count == 0)
        {
            return;
        }

        var chance = _world.Chance("write", Number, ++_writes);
        var count = _world.Plan.Has(FaultClass.AloneWrites) && chance.Chance(500) ? 1 : _waitingWrites.Count;
        _writing = _waitingWrites[..count];
        _waitingWrites.RemoveRange(0, count);
        _world.Counters.Count(Sometimes.WritesGrouped, count > 1 ? 1 : 0);
        Image.WriteBegun(_writing);
        var start = Start;
        _world.Scheduler.After(SyncTime(chance), () =>
        {
            if (IsRunning && Start == start)
            {
                FinishWrite();
            }
        });
    }

    private void FinishWrite()
    {
        var batches = _writing!;
        try
        {
            _storage.Write(batches);
        }
        catch (DiskFullException)
        {
            WaitForRoom();
            return;
        }
        catch (DiskErrorException exception)
        {
            Fail(exception);
            return;
        }
        catch (PowerLossException)
        {
            CrashHere(Sometimes.CrashesInsideAWrite);
            return;
        }

        Image.WriteReported();
        var sequence = batches[^1].Sequence;
        MarkWhole(sequence);
        if (!IsRunning)
        {
            return;
        }

        _world.Trace.Note(TraceKind.Written, Number, sequence, Image.LastIndex);
        var chance = _world.Chance("report", Number, _writes);
        if (_world.IsFaulty && _world.Plan.Has(FaultClass.LateReports) && chance.Chance(30))
        {
            var start = Start;
            _isReportLate = true;
            _world.Counters.Count(Sometimes.LateReports);
            _world.Scheduler.After(chance.Skewed(1_000, 1_000_000), () =>
            {
                if (IsRunning && Start == start)
                {
                    Report(sequence);
                }
            });
        }
        else
        {
            Report(sequence);
        }
    }

    /// <summary>Nothing was written; tries again later, with all that has come meanwhile.</summary>
    private void WaitForRoom()
    {
        var start = Start;
        _world.Counters.Count(Sometimes.DisksFull);
        _world.Scheduler.After(200_000, () =>
        {
            if (IsRunning && Start == start)
            {
                _writing!.AddRange(_waitingWrites);
                Image.WriteBegun(_waitingWrites);
                _waitingWrites.Clear();
                FinishWrite();
            }
        });
    }

    private void Report(long sequence)
    {
        (_writing, _isReportLate) = (null, false);
        if (_world.Plan.Defect != PlantedDefect.ReportBeforeWrite)
        {
            Input(replica => replica.Persisted(sequence));
        }

        BeginWrite();
        if (_storage.IsSegmentDue)
        {
            PrepareSegment();
        }
    }

    private void PrepareSegment()
    {
        var start = Start;
        _world.Scheduler.After(SyncTime(_world.Chance("segment", Number, ++_writes)), () =>
        {
            if (!IsRunning || Start != start)
            {
                return;
            }

            try
            {
                _storage.PrepareSegment();
            }
            catch (DiskErrorException exception)
            {
                Fail(exception);
            }
            catch (PowerLossException)
            {
                CrashHere(Sometimes.CrashesInsideAWrite);
            }
        });
    }

    private void QueueSnapshot(SnapshotContent snapshot)
    {
        _waitingSnapshots.Enqueue(snapshot);
        BeginSave();
    }

    private void BeginSave()
    {
        if (_saving is not null || !_waitingSnapshots.TryDequeue(out var snapshot))
        {
            return;
        }

        _saving = snapshot;
        var start = Start;
        _world.Scheduler.After(3 * SyncTime(_world.Chance("save", Number, ++_writes)), () =>
        {
            if (IsRunning && Start == start)
            {
                FinishSave(snapshot);
            }
        });
    }

    private void FinishSave(SnapshotContent snapshot)
    {
        try
        {
            Save(snapshot);
        }
        catch (DiskFullException)
        {
            (_saving, _isInstalling) = (null, false);
            _world.Counters.Count(Sometimes.SnapshotsGivenUp);
            Input(replica => replica.SnapshotGivenUp(snapshot.Mark));
            BeginSave();
            return;
        }
        catch (DiskErrorException exception)
        {
            Fail(exception);
            return;
        }
        catch (PowerLossException)
        {
            CrashHere(Sometimes.CrashesInsideASnapshotSave);
            return;
        }

        (_saving, _isInstalling) = (null, false);
        Image.SnapshotReported(snapshot.Mark);
        _world.Trace.Note(TraceKind.SnapshotSaved, Number, snapshot.Mark.Index, snapshot.Mark.Term);
        Input(replica => replica.SnapshotSaved(snapshot.Mark, snapshot.StateHash()));
        BeginSave();
    }

    private void Save(SnapshotContent snapshot)
    {
        if (_world.Plan.Defect != PlantedDefect.SnapshotNotWritten)
        {
            _storage.SaveSnapshot(snapshot.Mark, Defects.Tamper(_world, snapshot.Bytes));
        }
    }

    private void SendPiece(SnapshotPiece piece)
    {
        var (start, storage) = (Start, _storage);
        _world.Scheduler.After(_world.Chance("piece", Number, ++_writes).Between(0, _world.Plan.SyncDelay), () =>
        {
            if (!IsRunning || Start != start)
            {
                return;
            }

            if (storage.ReadSnapshotPiece(piece.Mark, piece.Offset, _world.Plan.Raft.MaxSnapshotChunkBytes) is { } read)
            {
                var message = new InstallSnapshot(
                    Id, piece.To, piece.Term, piece.Mark, piece.Offset, read.Data, read.IsLast,
                    Replica.ClusterTime.Microseconds);
                _world.Observer.Sending(this, message);
                _world.Network.Send(this, message);
            }
        });
    }

    private long SyncTime(RandomStream chance)
    {
        var time = chance.Between(_world.Plan.SyncDelay / 2, _world.Plan.SyncDelay * 3 / 2)
            * DiskSlowness * Slowness;
        var hasHiccup = !_world.IsHealthy && _world.Plan.Has(FaultClass.SlowDisks) && chance.Chance(10);
        return hasHiccup ? time + chance.Between(0, 1_000_000) : time;
    }
}
