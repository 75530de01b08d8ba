using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Matching;

namespace ReplicatedBook.Replication;

/// <content>Snapshots: taken of this replica's state, or received from the leader piece by piece.</content>
public sealed partial class Replica
{
    /// <summary>Election timeouts of silence after which a follower is taken for gone and not for slow: longer than
    /// a disk stands still under load.</summary>
    private const int LaggardPatience = 20;

    /// <summary>How many times the usual number of entries is kept for it at most.</summary>
    private const int LaggardFactor = 10;

    /// <summary>However fast they come, every tenth multiple of the interval has a snapshot.</summary>
    private const int AlwaysTaken = 10;

    private SnapshotMark _lastSnapshot;
    private SnapshotMark _previousSnapshot;
    private SnapshotMark? _saving;
    private SnapshotUnderWay? _underWay; // Of the mark that is being saved, until all of it is written.
    private IncomingSnapshot? _incoming;

    private bool _snapshotWanted;

    /// <summary>Takes a snapshot at the end of this turn, however few entries have passed.</summary>
    public void TakeSnapshot() => _snapshotWanted = true;

    /// <summary>A snapshot of the output is durable.</summary>
    /// <param name="mark">Of the snapshot.</param>
    /// <param name="stateHash">As <see cref="SnapshotContent.StateHash"/> gives it.</param>
    public void SnapshotSaved(SnapshotMark mark, Digest stateHash)
    {
        if (Divergence is not null)
        {
            return;
        }

        NoteStateHash(mark.Index, stateHash);
        if (Divergence is not null)
        {
            return;
        }

        if (_incoming is { IsComplete: true } incoming && incoming.Mark == mark)
        {
            Install(incoming);
            return;
        }

        Invariant.Require(_saving == mark, "a snapshot is reported that was asked for");
        _saving = null;
        if (mark.Index <= _lastSnapshot.Index)
        {
            return; // One from the leader was installed meanwhile.
        }

        NoteSnapshot(mark);
        var keepFrom = KeepFrom(mark);
        Step(new RaftInput.SnapshotTaken(mark, keepFrom));
        _releaseBefore = Math.Min(_previousSnapshot.Index + 1, keepFrom);
    }

    /// <summary>First entry to keep behind a snapshot: what a follower that answers still lacks stays within a bound,
    /// so that one which is slow, or just receives a snapshot, goes on from the log and does not need yet another
    /// snapshot.</summary>
    private long KeepFrom(SnapshotMark mark)
    {
        var needed = mark.Index + 1 - _options.KeepEntries;
        var least = Math.Min(needed, mark.Index + 1 - (LaggardFactor * _options.KeepEntries));
        foreach (var peer in _raft.Peers)
        {
            if (peer.TicksSinceContact < LaggardPatience * _options.Raft.ElectionTicks)
            {
                needed = Math.Min(needed, peer.MatchIndex + 1);
            }
        }

        return Math.Max(1, Math.Max(needed, least));
    }

    private void NoteSnapshot(SnapshotMark mark)
    {
        _previousSnapshot = _lastSnapshot;
        _lastSnapshot = mark;
    }

    /// <summary>All nodes take snapshots at the same indexes, so that hashes of their states can be compared. One that
    /// would be due while the last is still on its way to the disk is left out.</summary>
    private void TakeSnapshotAtInterval()
    {
        if (AppliedIndex % _options.SnapshotEveryEntries != 0)
        {
            return;
        }

        var isDue = _options.SnapshotMinInterval == TimeSpan.Zero
            || AppliedIndex % (AlwaysTaken * _options.SnapshotEveryEntries) == 0
            || IsFirstMultipleOfItsTime();
        if (isDue && AppliedIndex >= _noSnapshotBefore)
        {
            TakeSnapshotUnlessBusy();
        }
    }

    /// <summary>By the log alone, so that all nodes decide alike: whether a new stretch of time has begun since the
    /// last multiple, not since the last snapshot, which may be one of this node's own.</summary>
    private bool IsFirstMultipleOfItsTime()
    {
        var interval = Math.Max(1, (long)_options.SnapshotMinInterval.TotalMicroseconds);
        return Records.At(AppliedIndex - _options.SnapshotEveryEntries) is not { } before
            || before.At.Microseconds / interval != Exchange.Now.Microseconds / interval;
    }

    /// <summary>Beside those of the common interval: when asked for, and when too many were left out.</summary>
    private void TakeSnapshotWhenDue()
    {
        var most = _options.SnapshotMinInterval == TimeSpan.Zero ? 2 : AlwaysTaken + 1;
        var isOverdue = AppliedIndex - _lastSnapshot.Index >= most * _options.SnapshotEveryEntries
            && AppliedIndex >= _noSnapshotBefore;
        if (_snapshotWanted || isOverdue)
        {
            TakeSnapshotUnlessBusy();
        }
    }

    private void TakeSnapshotUnlessBusy()
    {
        if (_saving is not null || _incoming is { IsComplete: true } || AppliedIndex <= _lastSnapshot.Index)
        {
            return;
        }

        var membership = _raft.MembershipAt(AppliedIndex);
        if (membership.Members.Count == 0)
        {
            return; // A new member that has not come to its own addition yet: its snapshot would lack the members.
        }

        _snapshotWanted = false;
        var mark = new SnapshotMark(AppliedIndex, AppliedTerm);
        var content = new ChunkBuffer();
        var writer = new ReplicaState(mark, Digest, Exchange, membership).BeginWrite(content);
        _underWay = new SnapshotUnderWay(mark, writer, content);
        _saving = mark;
    }

    /// <summary>Writes a bounded part of the snapshot under way, so that no turn is held up by it.</summary>
    private void ContinueSnapshot()
    {
        if (_underWay is { } own && own.Writer.Continue(_options.SnapshotItemsPerTurn))
        {
            _underWay = null;
            _output.Snapshots.Add(new SnapshotContent(own.Mark, own.Content.ToSequence()));
        }
    }

    /// <summary>One from the leader is as good, and further on.</summary>
    private void AbandonSnapshot()
    {
        if (_underWay is { } own)
        {
            own.Writer.Abandon();
            (_underWay, _saving) = (null, null);
        }
    }

    private void NoteStateHash(long index, in Digest hash)
    {
        if (index % _options.SnapshotEveryEntries == 0 && index > StateHash.Index)
        {
            _stateHashes.Add(index, hash);
            Tell(Agreement.CompareStates());
            StopWhenOutvoted();
        }
    }

    private void TakePiece(InstallSnapshot piece)
    {
        if (_incoming is null || (_incoming.Mark != piece.Mark && !_incoming.IsComplete))
        {
            _incoming = new IncomingSnapshot(piece.Mark, piece.From, _options.MaxSnapshotBytes);
        }

        if (_incoming.Mark != piece.Mark || _incoming.IsComplete)
        {
            return; // One is on its way to the disk; the leader asks again.
        }

        if (_incoming.Add(piece) && _incoming.IsComplete)
        {
            _incoming.State = TryRead(_incoming);
            if (_incoming.State is null)
            {
                _incoming = null; // Damaged on the way: begin again from its start.
                Step(new RaftInput.SnapshotProgress(piece.From, piece.Mark, 0, IsInstalled: false));
                return;
            }

            AbandonSnapshot();
            _output.Snapshots.Add(new SnapshotContent(
                _incoming.Mark, new ReadOnlySequence<byte>(_incoming.Content)));
            return;
        }

        Step(new RaftInput.SnapshotProgress(piece.From, piece.Mark, _incoming.Length, IsInstalled: false));
    }

    private static ReplicaState? TryRead(IncomingSnapshot incoming)
    {
        try
        {
            var state = ReplicaState.Read(incoming.Content.Span);
            return state.Mark == incoming.Mark ? state : null;
        }
        catch (FormatException exception) when (exception is not UnsupportedFormatException)
        {
            return null;
        }
    }

    private void Install(IncomingSnapshot incoming)
    {
        _incoming = null;
        if (incoming.Mark.Index <= AppliedIndex)
        {
            return; // The log brought this node further meanwhile; the file is kept as any other.
        }

        RequireSupported(incoming.State!.Exchange);
        NoteSnapshot(incoming.Mark);
        _applier.Restore(incoming.State!);
        _clock.NoteStamp(_applier.Exchange.Now.Microseconds);
        InstalledSnapshots++;
        Step(new RaftInput.SnapshotProgress(
            incoming.Leader, incoming.Mark, incoming.Length, IsInstalled: true,
            incoming.State!.Membership ?? _options.Bootstrap));
        _durableIndex = Math.Max(_durableIndex, incoming.Mark.Index);
        Invariant.Require(_raft.CommitIndex >= incoming.Mark.Index, "an installed snapshot is committed");
        DropPendingBefore(incoming.Mark);
        Feed.Publish(AppliedIndex);
    }

    /// <summary>Proposals whose entries a snapshot has swallowed: whether they are in it is not known here.</summary>
    private void DropPendingBefore(SnapshotMark mark)
    {
        while (_pending.TryPeek(out var first) && (first.Index <= mark.Index || first.Term < mark.Term))
        {
            _pending.Dequeue();
            Answer(first.RequestId, ProposalOutcome.Unknown);
        }

        if (_pendingChanges.Count > 0 && _pendingChanges[0].Index <= mark.Index)
        {
            GiveUpChanges();
        }
    }

    /// <summary>A snapshot of this replica's own state that is being written.</summary>
    private sealed record SnapshotUnderWay(SnapshotMark Mark, SnapshotWriter Writer, ChunkBuffer Content);
}
