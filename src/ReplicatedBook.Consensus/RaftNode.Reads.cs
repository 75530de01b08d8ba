using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus;

/// <summary>Strong reads without writing (Ongaro 2014, 6.4): an index, and the proof that this node led when it was
/// taken.</summary>
/// <remarks>No leases: they would make safety depend on clocks.</remarks>
public sealed partial class RaftNode
{
    private readonly List<PendingRead> _waitingReads = []; // On the leader: for the next round to begin.
    private readonly Queue<PendingRead> _roundReads = []; // On the leader: for a majority to confirm their round.
    private readonly Queue<PendingRead> _forwardedReads = []; // On a follower: for the leader's answer; oldest first.
    private readonly long _firstForward;
    private long _readRound; // Number of the newest round; never used twice while this node runs.
    private long _lastForward; // Number of the newest request to a leader; begins at chance, so that an answer to a
                               // request from before a restart fits none.

    private int _unaskedReads; // How many at the end of the forwarded came after the newest request.
    private long _ticks;
    private long _forwardTick; // When the newest request was sent.

    private void BeginRead(long requestId, RaftEffects effects)
    {
        if (Role == Role.Leader)
        {
            BeginRead(new PendingRead(From: null, requestId), effects);
        }
        else if (Leader is null || _forwardedReads.Count >= _config.MaxPendingReads)
        {
            effects.Reads.Add(new ReadResult(requestId, -1));
        }
        else
        {
            _forwardedReads.Enqueue(new PendingRead(From: null, requestId, Round: _lastForward + 1, Tick: _ticks));
            _unaskedReads++;
            if (_forwardedReads.Count == _unaskedReads)
            {
                ForwardReads(effects);
            }
        }
    }

    private void BeginRead(in PendingRead read, RaftEffects effects)
    {
        if (_waitingReads.Count + _roundReads.Count >= _config.MaxPendingReads)
        {
            Answer(read, -1, effects);
            return;
        }

        _waitingReads.Add(read);
        if (_roundReads.Count == 0)
        {
            TryBeginReadRound(effects); // Else it shares the next round, which begins when the present one ends.
        }
    }

    private void ReceiveReadRequest(ReadIndexRequest request, RaftEffects effects)
    {
        var read = new PendingRead(request.From, request.RequestId);
        if (Role == Role.Leader)
        {
            BeginRead(read, effects);
        }
        else
        {
            Answer(read, -1, effects);
        }
    }

    /// <summary>Takes the commit index for all waiting reads and begins to ask whether this node leads.</summary>
    /// <remarks>Not before an entry of this term is committed: until then the commit index may lack what an earlier
    /// leader has acknowledged.</remarks>
    private bool TryBeginReadRound(RaftEffects effects)
    {
        if (_waitingReads.Count == 0 || !HasCommittedInTerm)
        {
            return false;
        }

        _readRound++;
        foreach (var read in _waitingReads)
        {
            _roundReads.Enqueue(read with { Round = _readRound, Index = CommitIndex });
        }

        _waitingReads.Clear();
        SendHeartbeats(effects);
        if (IsOnlyVoter)
        {
            ConfirmReads(effects);
        }

        return true;
    }

    private void ConfirmReads(RaftEffects effects)
    {
        if (_roundReads.Count == 0)
        {
            return;
        }

        Span<long> rounds = stackalloc long[_voterCount];
        var position = 0;
        foreach (var peer in _peers)
        {
            if (peer.IsVoter)
            {
                rounds[position++] = peer.ConfirmedRound;
            }
        }

        if (_isVoter)
        {
            rounds[position] = _readRound;
        }

        var confirmed = Quorum.CommittedIndex(rounds);
        while (_roundReads.TryPeek(out var read) && read.Round <= confirmed)
        {
            _roundReads.Dequeue();
            Answer(read, read.Index, effects);
        }

        if (_roundReads.Count == 0)
        {
            TryBeginReadRound(effects);
        }
    }

    private void Answer(in PendingRead read, long index, RaftEffects effects)
    {
        if (read.From is { } follower)
        {
            // A leader's term is durable; a refusal may carry one that was only just raised, so it waits.
            var replies = index >= 0 ? effects.Messages : effects.MessagesAfterPersist;
            var last = index >= 0 && FindPeer(follower) is { IsIncomplete: true } ? _log.LastIndex : 0;
            replies.Add(new ReadIndexReply(_config.Id, follower, HardState.Term, read.RequestId, index, last));
        }
        else
        {
            effects.Reads.Add(new ReadResult(read.RequestId, index));
        }
    }

    /// <summary>Asks the leader once for all reads that wait here.</summary>
    private void ForwardReads(RaftEffects effects)
    {
        _lastForward++;
        _unaskedReads = 0;
        _forwardTick = _ticks;
        effects.Messages.Add(new ReadIndexRequest(
            _config.Id, Leader.GetValueOrDefault(), HardState.Term, _lastForward));
    }

    private void ReceiveReadReply(ReadIndexReply reply, RaftEffects effects)
    {
        if (reply.From != Leader || reply.RequestId < _firstForward || reply.RequestId > _lastForward)
        {
            return;
        }

        NoteHowFar(reply, effects);

        // A later request's answer serves earlier reads too: its index was taken after they arrived.
        while (_forwardedReads.TryPeek(out var read) && read.Round <= reply.RequestId)
        {
            _forwardedReads.Dequeue();
            Answer(read, reply.Index, effects);
        }

        // Those left came after the newest request, unless that one is still to be answered.
        if (_unaskedReads > 0 && _forwardedReads.Count == _unaskedReads)
        {
            ForwardReads(effects);
        }
    }

    private void TickForwardedReads(RaftEffects effects)
    {
        _ticks++;
        while (_forwardedReads.TryPeek(out var read) && _ticks - read.Tick >= _config.ElectionTicks)
        {
            _forwardedReads.Dequeue();
            _unaskedReads = Math.Min(_unaskedReads, _forwardedReads.Count);
            Answer(read, -1, effects);
        }

        // A lost request or answer must not hold up the reads that came after it.
        if (_unaskedReads > 0 && _ticks - _forwardTick >= _config.HeartbeatTicks)
        {
            ForwardReads(effects);
        }
    }

    /// <summary>Answers all reads with -1: after any change of term, role or leader none of their proofs
    /// holds.</summary>
    private void FailReads(RaftEffects effects)
    {
        while (_roundReads.TryDequeue(out var read))
        {
            Answer(read, -1, effects);
        }

        foreach (var read in _waitingReads)
        {
            Answer(read, -1, effects);
        }

        while (_forwardedReads.TryDequeue(out var read))
        {
            Answer(read, -1, effects);
        }

        _waitingReads.Clear();
        _unaskedReads = 0;
    }

    /// <summary>A read that waits.</summary>
    /// <param name="From">The follower that asked; null for this node.</param>
    /// <param name="RequestId">The asker's number.</param>
    /// <param name="Round">Round, or request to the leader, whose confirmation answers it.</param>
    /// <param name="Index">Commit index when its round began; on the leader only.</param>
    /// <param name="Tick">When it arrived; on a follower only.</param>
    private readonly record struct PendingRead(
        NodeId? From, long RequestId, long Round = 0, long Index = 0, long Tick = 0);
}
