using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Consensus;

/// <summary>The leader: orders the log, commits what a majority holds, and gives up when it hears no
/// majority.</summary>
public sealed partial class RaftNode
{
    private int _heartbeatElapsed;
    private int _ticksSinceDurable; // Clock ticks its own disk has owed it a write.
    private long _uncommittedBytes;
    private long _firstOfTerm; // Index of its own first entry.
    private bool _isTermDurable = true; // Who elects itself alone must write its vote first.

    /// <summary>What the leader knows of each other member, ordered by id; empty on a node that does not
    /// lead.</summary>
    /// <remarks>A new list each time, owned by the caller.</remarks>
    public IReadOnlyList<PeerProgress> Peers
    {
        get
        {
            if (Role != Role.Leader)
            {
                return [];
            }

            var peers = new PeerProgress[_peers.Length];
            for (var i = 0; i < peers.Length; i++)
            {
                var peer = _peers[i];
                peers[i] = new PeerProgress(
                    peer.Id, peer.MatchIndex, peer.TicksSinceContact, peer.IsVoter,
                    peer.State == ReplicationState.Snapshot);
            }

            return peers;
        }
    }

    /// <summary>Takes over and appends an entry of its own term at once: only through one may anything commit
    /// (5.4.2).</summary>
    private void BecomeLeader(RaftEffects effects)
    {
        Invariant.Require(Leader is null, "a term has one leader");
        Invariant.Require(HardState.VotedFor == _config.Id, "a leader has voted for itself");
        Role = Role.Leader;
        SetLeader(_config.Id, effects);
        TicksSinceLeaderContact = 0;
        _heartbeatElapsed = 0;
        _ticksSinceDurable = 0;
        _isTermDurable = !IsOnlyVoter;
        _firstOfTerm = _log.LastIndex + 1;
        _uncommittedBytes = _log.PayloadBytes(CommitIndex + 1, _log.LastIndex);
        foreach (var peer in _peers)
        {
            peer.Reset(_log.LastIndex);
        }

        if (Wholeness != Wholeness.Whole)
        {
            BecomeWhole(effects); // Elected, so its log has all that is committed: nothing yet.
        }

        AppendOwn(EntryKind.NoOp, ReadOnlyMemory<byte>.Empty, effects);
        SendToAll(effects);
    }

    private void LeaveLeadership(RaftEffects effects)
    {
        StopTransfer();
        FailReads(effects);
        foreach (var peer in _peers)
        {
            peer.Inflight.Clear();
        }
    }

    private void Propose(IReadOnlyList<ReadOnlyMemory<byte>> payloads, RaftEffects effects)
    {
        effects.ProposalRefusal = WhyRefuse();
        if (effects.ProposalRefusal != ProposalRefusal.None || payloads.Count == 0)
        {
            return;
        }

        effects.ProposalFirstIndex = _log.LastIndex + 1;
        effects.Entries.EnsureCapacity(payloads.Count);
        for (var i = 0; i < payloads.Count; i++)
        {
            AppendOwn(EntryKind.Command, payloads[i], effects);
        }

        SendToAll(effects);
    }

    private ProposalRefusal WhyRefuse()
    {
        if (Role != Role.Leader)
        {
            return ProposalRefusal.NotLeader;
        }

        if (_transferTarget is not null || !_isVoter)
        {
            return ProposalRefusal.Transferring; // Removed too: it leaves as soon as that is committed.
        }

        return _log.LastIndex - CommitIndex >= _config.MaxUncommittedEntries
            || _uncommittedBytes >= _config.MaxUncommittedBytes
            ? ProposalRefusal.Overloaded
            : ProposalRefusal.None;
    }

    private void AppendOwn(EntryKind kind, ReadOnlyMemory<byte> payload, RaftEffects effects)
    {
        var entry = new LogEntry(_log.LastIndex + 1, HardState.Term, kind, payload);
        _log.Append(entry);
        NoteConfiguration(entry);
        _uncommittedBytes += payload.Length;
        effects.Entries.Add(entry);
    }

    private void TickLeader(RaftEffects effects)
    {
        foreach (var peer in _peers)
        {
            peer.Tick();
        }

        _ticksSinceDurable = _durableIndex < _log.LastIndex ? _ticksSinceDurable + 1 : 0;
        if (!HearsMajority() || IsDiskStuck())
        {
            BecomeFollower(HardState.Term, leader: null, effects);
            return;
        }

        TickTransfer();
        TickSnapshots(effects);
        if (++_heartbeatElapsed < _config.HeartbeatTicks)
        {
            TellCommit(effects);
        }
        else if (!TryBeginReadRound(effects))
        {
            SendHeartbeats(effects);
        }
    }

    /// <summary>Check-quorum (Ongaro 2014, 6.2): one that hears no majority may long have been replaced.</summary>
    private bool HearsMajority() => HearsMajorityOf(Membership, needsVotes: false);

    /// <summary>A leader whose disk has not finished a write for the longest election timeout makes room for
    /// another.</summary>
    private bool IsDiskStuck() => !IsOnlyVoter && _ticksSinceDurable >= 2 * _config.ElectionTicks;

    private bool IsOnlyVoter => _isVoter && _voterCount == 1;

    /// <summary>Commits what a majority holds durably, this node counting only what its own disk has finished, and only
    /// through an entry of the present term (Raft paper, 5.4.2 and figure 8).</summary>
    private void AdvanceCommit(RaftEffects effects)
    {
        Span<long> acknowledged = stackalloc long[_voterCount];
        var position = 0;
        foreach (var peer in _peers)
        {
            if (peer.IsVoter)
            {
                acknowledged[position++] = peer.MatchIndex;
            }
        }

        if (_isVoter)
        {
            acknowledged[position] = _durableIndex;
        }

        var index = Quorum.CommittedIndex(acknowledged);
        if (index <= CommitIndex || _log.TermAt(index) != HardState.Term)
        {
            return;
        }

        var isFirstOfTerm = !HasCommittedInTerm;
        _uncommittedBytes -= _log.PayloadBytes(CommitIndex + 1, index);
        SetCommit(index);
        if (isFirstOfTerm)
        {
            TryBeginReadRound(effects); // Reads have waited for this (Ongaro 2014, 6.4, step 1).
        }

        LeaveIfRemoved(effects);
    }
}
