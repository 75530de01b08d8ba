using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus;

/// <summary>The leader's side of the entries' way to followers: batches, sent ahead, within a window.</summary>
public sealed partial class RaftNode
{
    private LogEntry[]? _copied; // Entries last copied in this step: followers that are level share one copy.

    private void SendToAll(RaftEffects effects)
    {
        foreach (var peer in _peers)
        {
            SendEntries(peer, effects);
        }
    }

    /// <summary>Sends all that the follower may be sent now; nothing if that is nothing.</summary>
    private void SendEntries(Progress peer, RaftEffects effects)
    {
        if (peer.State == ReplicationState.Snapshot || (peer.State == ReplicationState.Probe && peer.IsProbeOut))
        {
            return;
        }

        if (_log.TermAt(peer.NextIndex - 1) is null)
        {
            BeginSnapshot(peer, effects);
            return;
        }

        if (peer.State == ReplicationState.Probe)
        {
            SendProbe(peer, effects);
            return;
        }

        while (peer.NextIndex <= _log.LastIndex && !peer.Inflight.IsFull)
        {
            var count = CountFitting(peer, out var bytes);
            var entries = CopyEntries(peer.NextIndex, count);
            SendAppend(peer, peer.NextIndex - 1, entries, effects);
            peer.EntriesSent(peer.NextIndex + count - 1, bytes);
        }
    }

    /// <summary>Asks whether the logs agree just before the next index.</summary>
    /// <remarks>A new leader's first probe carries its entries, since they most likely fit. A later one carries none:
    /// it is a guess, and a follower that does not answer must not be sent the same megabytes again and
    /// again.</remarks>
    private void SendProbe(Progress peer, RaftEffects effects)
    {
        var count = peer.IsFirstProbe && peer.NextIndex <= _log.LastIndex ? CountFitting(peer, out _) : 0;
        SendAppend(peer, peer.NextIndex - 1, count == 0 ? [] : CopyEntries(peer.NextIndex, count), effects);
        peer.ProbeSent();
    }

    private int CountFitting(Progress peer, out long bytes) =>
        _log.CountFitting(peer.NextIndex, _config.MaxEntriesPerAppend, _config.MaxBytesPerAppend, out bytes);

    private LogEntry[] CopyEntries(long from, int count)
    {
        if (_copied is null || _copied.Length != count || _copied[0].Index != from)
        {
            _copied = _log.Copy(from, count);
        }

        return _copied;
    }

    private void SendAppend(Progress peer, long previous, LogEntry[] entries, RaftEffects effects)
    {
        var previousTerm = previous == 0 ? 0 : _log.TermAt(previous)
            ?? throw new InvariantViolatedException("the entry before those sent has a known term");

        // Never past what the message itself proves to match, so that not even a careless follower commits too much.
        var commit = Math.Min(CommitIndex, previous + entries.Length);
        peer.NoteSent(entries.Length == 0 ? 0 : previous + entries.Length);
        peer.CommitSent = Math.Max(peer.CommitSent, commit);
        var outbox = _isTermDurable ? effects.Messages : effects.MessagesAfterPersist;
        outbox.Add(new AppendEntries(
            _config.Id, peer.Id, HardState.Term, previous, previousTerm, entries, commit, _readRound, _clusterTime,
            _firstOfTerm == 1 ? peer.MaxSent : 0)); // Only a new cluster's nodes ask for it.
    }

    private void SendHeartbeats(RaftEffects effects)
    {
        _heartbeatElapsed = 0;
        foreach (var peer in _peers)
        {
            SendHeartbeat(peer, effects);
        }
    }

    /// <summary>An append without entries. While replicating it names the last entry sent, so that a follower that has
    /// not got it refuses: that is how lost messages are found. Otherwise it names what surely matches.</summary>
    private void SendHeartbeat(Progress peer, RaftEffects effects)
    {
        var previous = peer.State == ReplicationState.Replicate ? peer.NextIndex - 1 : peer.MatchIndex;
        SendAppend(peer, _log.TermAt(previous) is null ? 0 : previous, [], effects);
    }

    /// <summary>Tells followers between heartbeats what no entry has told them yet: that entries they have are
    /// committed.</summary>
    /// <remarks>Once a clock tick and not at once: under load the next entries carry it, and need no message
    /// more.</remarks>
    private void TellCommit(RaftEffects effects)
    {
        foreach (var peer in _peers)
        {
            var proven = peer.NextIndex - 1;
            if (peer.State == ReplicationState.Replicate && peer.CommitSent < Math.Min(CommitIndex, proven)
                && _log.TermAt(proven) is not null)
            {
                SendHeartbeat(peer, effects);
            }
        }
    }

    private void ReceiveAppendReply(AppendEntriesReply reply, Progress peer, RaftEffects effects)
    {
        if (reply.ReadRound > _readRound || (reply.IsSuccess && reply.MatchIndex > _log.LastIndex))
        {
            IgnoredMessages++; // Answers what was never sent.
            return;
        }

        peer.Contacted();
        peer.IsIncomplete = reply.IsIncomplete;
        if (reply.IsSuccess)
        {
            NoteMatch(peer, reply.MatchIndex, effects);
        }
        else
        {
            NoteRefusal(peer, reply);
        }

        if (Role != Role.Leader)
        {
            return; // Its own removal was committed.
        }

        // A refusal also says that this node leads: it is given in the present term.
        peer.ConfirmedRound = Math.Max(peer.ConfirmedRound, reply.ReadRound);
        ConfirmReads(effects);
        SendEntries(peer, effects);
        ContinueTransfer(peer, effects);
    }

    private void NoteMatch(Progress peer, long match, RaftEffects effects)
    {
        var isNews = match > peer.MatchIndex;
        var isProbed = match >= peer.NextIndex - 1;
        peer.Matched(match);
        switch (peer.State)
        {
            case ReplicationState.Probe when isNews || isProbed:
            case ReplicationState.Snapshot when _log.TermAt(peer.MatchIndex) is not null:
                peer.BecomeReplicate(); // From the snapshot too: the log reaches it again, so pieces are needless.
                break;
            case ReplicationState.Probe:
                peer.ProbeExpired(); // It answers heartbeats but not the probe, which must be lost.
                break;
        }

        if (isNews)
        {
            AdvanceCommit(effects);
        }
    }

    /// <summary>Goes back to where the logs may agree, at least a whole term at a time (Raft paper, 5.3).</summary>
    private void NoteRefusal(Progress peer, AppendEntriesReply reply)
    {
        if (reply.IsIncomplete && reply.HintIndex <= peer.MatchIndex)
        {
            peer.ForgetMatch(); // A late duplicate costs some entries sent twice and nothing else.
        }

        var refused = reply.MatchIndex;
        var isStale = peer.State switch
        {
            ReplicationState.Probe => refused != peer.NextIndex - 1,
            ReplicationState.Replicate => refused <= peer.MatchIndex || refused >= peer.NextIndex,
            _ => true,
        };
        if (isStale)
        {
            return;
        }

        var next = reply.HintIndex;
        if (reply.HintTerm > 0)
        {
            // If this log has entries of the hinted term, the logs may agree up to the last of them.
            var afterTerm = _log.FirstIndexWithTermAtLeast(reply.HintTerm + 1, _log.FirstIndex);
            next = _log.TermAt(afterTerm - 1) == reply.HintTerm ? afterTerm : next;
        }

        peer.BecomeProbe(Math.Min(next, refused));
    }
}
