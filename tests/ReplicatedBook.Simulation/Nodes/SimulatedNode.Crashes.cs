using ReplicatedBook.Consensus;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Simulation.Disk;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Nodes;

/// <content>How a node stops and starts.</content>
internal sealed partial class SimulatedNode
{
    private const string Directory = "/data";
    private const long Epoch = 1_700_000_000_000_000;
    private bool _crashLosesPower;
    private long _crashLength;

    /// <summary>Ends the process, at any point of what its disk is doing; perhaps with the machine's power.</summary>
    public void Stop(bool losesPower)
    {
        if (!IsRunning)
        {
            return;
        }

        if (_isInTurn)
        {
            throw new InvalidOperationException($"{Id} cannot be ended from within its own turn");
        }

        var chance = _world.Chance("stop", Number, Start);
        Disk.ArmCrash(-1);
        _world.Trace.Note(losesPower ? TraceKind.PowerLoss : TraceKind.Kill, Number, Image.LastIndex);
        _world.Counters.Count(losesPower ? Sometimes.PowerLosses : Sometimes.Kills);
        _world.Counters.Count(Sometimes.SnapshotInstallsInterrupted, _isInstalling ? 1 : 0);
        if (BreakOffWrite(chance))
        {
            BreakOffSave(chance);
        }

        EndProcess();
        if (_world.Plan.Has(FaultClass.Resets) && !losesPower)
        {
            ResetConnections();
        }

        if (losesPower)
        {
            _world.Counters.Count(Sometimes.UnsyncedChangesAtPowerLoss, Disk.HasUnsynced ? 1 : 0);
            LosePower(chance);
        }
    }

    /// <summary>Makes an operation of the disk fail soon; the node then stops.</summary>
    public void BreakDisk(int operations) =>
        Disk.Arm(operations, () => new DiskErrorException());

    /// <summary>Ends the process at a boundary that is to come; it starts again after a while.</summary>
    /// <param name="boundaries">How many come before.</param>
    /// <param name="losesPower">Whether the power goes too.</param>
    /// <param name="length">Until it starts again.</param>
    public void CrashAt(int boundaries, bool losesPower, long length)
    {
        if (IsRunning)
        {
            (_crashLosesPower, _crashLength) = (losesPower, length);
            Disk.ArmCrash(boundaries);
        }
    }

    /// <summary>Ends what faults had done to it, for good; what it lost stays lost.</summary>
    public void Heal()
    {
        Disk.Disarm();
        Disk.ArmCrash(-1);
        (DiskSlowness, Slowness, SnapshotsAlways, Disk.IsFull) = (1, 1, false, false);
        Resume();
        Restart();
    }

    /// <summary>Starts the process with what the disk holds. It may stop again at once.</summary>
    public void Restart()
    {
        if (IsRunning || !IsInstalled || IsLost)
        {
            return;
        }

        Start++;
        var chance = _world.Chance("start", Number, Start);
        if (_world.Plan.Has(FaultClass.CrashInRecovery) && _world.IsFaulty && chance.Chance(250))
        {
            Disk.Arm(chance.Number(0, 12), () => new PowerLossException());
        }

        RecoveredState recovered;
        try
        {
            _storage = Open(Disk, out recovered);
        }
        catch (Exception exception) when (exception is PowerLossException or DiskErrorException or DiskFullException)
        {
            _world.Trace.Note(TraceKind.RecoveryFailed, Number, 0, 0, exception.Message);
            _world.Counters.Count(Sometimes.CrashesInsideRecovery);
            Disk.EndProcess();
            if (chance.Chance(500) && (!_isDamaged || _hasLostPower))
            {
                LosePower(chance); // After damage only if that was judged by what power loss had left.
            }

            _world.Scheduler.After(chance.Between(1_000, 500_000), Restart);
            return;
        }

        catch (StorageDamagedException exception) when (_isDamaged)
        {
            RefuseToStart(exception);
            return;
        }

        Disk.Disarm();
        _world.Counters.Count(Sometimes.TornTailsCut, recovered.TornBytes > 0 ? 1 : 0);
        RequireHonest(recovered);
        Image.Restart(recovered);
        var wall = Epoch + _world.Scheduler.Now
            + (_world.Plan.Has(FaultClass.Clocks) ? chance.Between(-3_600_000_000, 3_600_000_000) : 0);
        var raft = _world.Plan.Raft with { Id = Id, Seed = chance.NextBits() };
        var options = _world.Plan.Replica with
        {
            Raft = raft,
            Bootstrap = Founders,
            SupportedLevel = SupportedLevel,
        };
        Replica = new Replica(options, recovered, Monotonic, wall);
        IsRunning = true;
        _world.Trace.Note(
            TraceKind.Started, Number, Replica.Raft.Log.LastIndex, Replica.AppliedIndex, recovered.HardState);
        _world.Observer.Started(this, recovered);
        ScheduleTick();
        ScheduleTurn();
    }

    /// <summary>Opens a copy of the disk as it would be found if the power went now, and compares.</summary>
    public void RequireDurable()
    {
        if (!IsInstalled || IsLost || _isDamaged)
        {
            return; // Nothing is promised of such a disk.
        }

        using var storage = Open(Disk.DurableCopy(), out var found);
        Image.RequireIn(found, $"{Id}, would its power go now,");
        _world.Counters.Count(Sometimes.DurableImagesOpened);
    }

    private Membership Founders => Number <= _world.Plan.Nodes ? _world.Plan.Founders : Membership.Empty;

    private ReplicaStorage Open(IDisk disk, out RecoveredState recovered) => ReplicaStorage.Open(
        disk, Directory, new StorageIdentity("simulation", Id.Value), _world.Plan.Storage, out recovered);

    /// <returns>Whether the process lived on until after its write.</returns>
    private bool BreakOffWrite(RandomStream chance)
    {
        Disk.Disarm();
        if (_writing is null || _isReportLate || chance.Chance(200))
        {
            return true; // Nothing of it has reached the disk, or all has.
        }

        Disk.Arm(chance.Number(0, 6), () => new PowerLossException());
        try
        {
            _storage.Write(_writing);
            _world.Counters.Count(Sometimes.CrashesBetweenWriteAndReport);
            return Disk.Disarm();
        }
        catch (DiskFullException)
        {
            return true;
        }
        catch (PowerLossException)
        {
            _world.Counters.Count(Sometimes.CrashesInsideAWrite);
            return false;
        }
    }

    private void BreakOffSave(RandomStream chance)
    {
        if (_saving is not { } snapshot || chance.Chance(200))
        {
            return;
        }

        Disk.Arm(chance.Number(0, 6), () => new PowerLossException());
        try
        {
            Save(snapshot);
        }
        catch (DiskFullException)
        {
            // Nothing is left of it.
        }
        catch (PowerLossException)
        {
            _world.Counters.Count(Sometimes.CrashesInsideASnapshotSave);
        }
    }

    /// <summary>The process ended where it was, as <see cref="CrashAt"/> had asked.</summary>
    private void CrashHere(Sometimes where)
    {
        var chance = _world.Chance("crash", Number, Start);
        _world.Counters.Count(where);
        _world.Counters.Count(Sometimes.SnapshotInstallsInterrupted, _isInstalling ? 1 : 0);
        _world.Trace.Note(TraceKind.Kill, Number, Image.LastIndex, (long)where);
        EndProcess();
        if (_crashLosesPower)
        {
            LosePower(chance);
        }

        _world.Scheduler.After(_world.IsHealthy ? 0 : _crashLength, Restart);
    }

    private void ResetConnections()
    {
        foreach (var other in _world.Observer.Nodes.Where(other => other != this))
        {
            other.LosePeer(Id);
        }
    }

    /// <summary>The disk has failed: a node must stop, since nothing is known of what it holds.</summary>
    private void Fail(DiskErrorException exception)
    {
        _world.Trace.Note(TraceKind.DiskError, Number, 0, 0, exception.Message);
        _world.Counters.Count(Sometimes.DiskErrors);
        EndProcess();
        _world.Scheduler.After(_world.Chance("failed", Number, Start).Between(10_000, 2_000_000), Restart);
    }

    private void EndProcess()
    {
        Start++;
        (IsRunning, IsPaused, _isTurnDue, _isInstalling) = (false, false, false, false);
        _inbox.Clear();
        _proposals.Clear();
        _changes.Clear();
        _reads.Clear();
        _waitingWrites.Clear();
        _waitingSnapshots.Clear();
        (_writing, _saving, _isReportLate, _wholeAfter) = (null, null, false, null);
        Disk.EndProcess();
    }
}
