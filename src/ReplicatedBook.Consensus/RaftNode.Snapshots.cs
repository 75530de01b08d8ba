using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus;

/// <summary>Compaction, and snapshots for followers whose entries are gone (Raft paper, section 7).</summary>
public sealed partial class RaftNode
{
    /// <summary>After so many repetitions without an answer the sending starts anew, with the newest snapshot: the old
    /// one may no longer exist.</summary>
    private const int MaxPieceRepeats = 3;

    private void NoteSnapshotTaken(RaftInput.SnapshotTaken taken)
    {
        Invariant.Require(taken.Mark.Index <= CommitIndex, "only what is committed is in a snapshot");
        if (taken.Mark.Index > 0)
        {
            _log.Compact(taken.Mark, taken.KeepFrom);
            ForgetMembershipsBefore(taken.Mark);
        }
    }

    /// <summary>Begins to send the newest snapshot, but only to a follower that is there to take it.</summary>
    private void BeginSnapshot(Progress peer, RaftEffects effects)
    {
        if (peer.TicksSinceContact < _config.ElectionTicks && _log.Snapshot.Index > 0)
        {
            peer.BecomeSnapshot(_log.Snapshot);
            SendPiece(peer, effects);
        }
    }

    private void SendPiece(Progress peer, RaftEffects effects) => effects.SnapshotPieces.Add(
        new SnapshotPiece(peer.Id, HardState.Term, peer.PendingSnapshot, peer.PieceOffset));

    /// <summary>Sends pieces again that were not answered for an election timeout, and only to followers that answer at
    /// all: what is lost is sent again, what is dead is not fed.</summary>
    private void TickSnapshots(RaftEffects effects)
    {
        foreach (var peer in _peers)
        {
            if (peer.State != ReplicationState.Snapshot || peer.PieceTicks < _config.ElectionTicks
                || peer.TicksSinceContact >= _config.ElectionTicks)
            {
                continue;
            }

            if (peer.PieceRepeats >= MaxPieceRepeats
                || (peer.PieceRepeats > 0 && peer.PendingSnapshot != _log.Snapshot))
            {
                peer.BecomeSnapshot(_log.Snapshot);
            }
            else
            {
                peer.PieceRepeated();
            }

            SendPiece(peer, effects);
        }
    }

    private void ReceivePieceReply(InstallSnapshotReply reply, Progress peer, RaftEffects effects)
    {
        if (reply.Mark.Index > CommitIndex)
        {
            IgnoredMessages++; // Such a snapshot was never sent.
            return;
        }

        peer.Contacted();
        if (reply.IsInstalled)
        {
            peer.Matched(reply.Mark.Index);
            if (peer.State == ReplicationState.Snapshot && reply.Mark.Index >= peer.PendingSnapshot.Index)
            {
                peer.BecomeProbe(peer.MatchIndex + 1);
            }

            SendEntries(peer, effects);
            ContinueTransfer(peer, effects);
        }
        else if (peer.State == ReplicationState.Snapshot && reply.Mark == peer.PendingSnapshot
            && reply.NextOffset != peer.PieceOffset)
        {
            // Forward, or back if the follower has lost what it had. The same offset is a duplicate: one piece at a
            // time.
            peer.PieceAnswered(reply.NextOffset);
            SendPiece(peer, effects);
        }
    }

    private void ReceivePiece(InstallSnapshot piece, RaftEffects effects)
    {
        if (!AcceptLeader(piece.From, effects))
        {
            return;
        }

        var term = _log.TermAt(piece.Mark.Index);
        if (term is not null && term != piece.Mark.Term && piece.Mark.Index <= CommitIndex)
        {
            Contradictions++;
            return;
        }

        if (term == piece.Mark.Term)
        {
            SetCommit(piece.Mark.Index); // All that the snapshot contains is here already, and is committed.
        }

        if (piece.Mark.Index <= CommitIndex)
        {
            effects.MessagesAfterPersist.Add(new InstallSnapshotReply(
                _config.Id, piece.From, HardState.Term, piece.Mark, piece.Offset + piece.Data.Length, true));
            return;
        }

        effects.ReceivedPiece = piece;
    }

    /// <summary>The caller has stored a piece, or the whole snapshot is now this node's state.</summary>
    private void NoteSnapshotProgress(RaftInput.SnapshotProgress progress, RaftEffects effects)
    {
        var mark = progress.Mark;
        if (progress.IsInstalled && mark.Index > CommitIndex)
        {
            if (_log.TermAt(mark.Index) == mark.Term)
            {
                SetCommit(mark.Index);
                _log.Compact(mark, _log.FirstIndex); // What follows it agrees, so it is kept.
                ForgetMembershipsBefore(mark, progress.Membership);
            }
            else
            {
                DropLogFor(mark, progress.Membership, effects);
            }
        }

        if (progress.Leader != _config.Id)
        {
            effects.MessagesAfterPersist.Add(new InstallSnapshotReply(
                _config.Id, progress.Leader, HardState.Term, mark, progress.NextOffset, progress.IsInstalled));
        }
    }

    /// <summary>Drops the whole log, also what follows the mark: it follows on entries that are not the
    /// leader's.</summary>
    private void DropLogFor(SnapshotMark mark, Membership? membership, RaftEffects effects)
    {
        Invariant.Require(Role != Role.Leader, "a leader's log has all that is committed");
        Invariant.Require(mark.Term <= HardState.Term, "no snapshot is of a later term than the present");
        Invariant.Require(membership is not null, "an installed snapshot says who belongs to the cluster");
        _log.ResetTo(mark);
        ResetMemberships(mark, membership);
        _durableIndex = mark.Index;
        effects.ResetLogTo = mark;
        SetCommit(mark.Index);
    }
}
