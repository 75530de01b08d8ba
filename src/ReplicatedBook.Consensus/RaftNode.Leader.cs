using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Consensus;

/// <summary>The leader: orders the log, commits what a majority holds, and gives up when it hears no
/// majority.</summary>
public sealed partial class RaftNode
{
    private int _heartbeatElapsed;
    private int _ticksSinceDurable; // Clock ticks its own disk has owed it a write.
    private long _uncommittedBytes;

    /// <summary>What the leader knows of each other voter, ordered by id; empty on a node that does not lead.</summary>
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
                peers[i] = new PeerProgress(_peers[i].Id, _peers[i].MatchIndex, _peers[i].TicksSinceContact);
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
        _uncommittedBytes = _log.PayloadBytes(CommitIndex + 1, _log.LastIndex);
        foreach (var peer in _peers)
        {
            peer.Reset(_log.LastIndex);
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

        if (_transferTarget is not null)
        {
            return ProposalRefusal.Transferring;
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
    private bool HearsMajority()
    {
        var heard = 1;
        foreach (var peer in _peers)
        {
            heard += peer.TicksSinceContact < _config.ElectionTicks ? 1 : 0;
        }

        return heard >= Quorum.Majority(_peers.Length + 1);
    }

    /// <summary>A leader whose disk has not finished a write for the longest election timeout makes room for
    /// another.</summary>
    private bool IsDiskStuck() => _peers.Length > 0 && _ticksSinceDurable >= 2 * _config.ElectionTicks;

    /// <summary>Commits what a majority holds durably, this node counting only what its own disk has finished, and only
    /// through an entry of the present term (Raft paper, 5.4.2 and figure 8).</summary>
    private void AdvanceCommit(RaftEffects effects)
    {
        Span<long> acknowledged = stackalloc long[_votes.Length];
        for (var i = 0; i < _peers.Length; i++)
        {
            acknowledged[i] = _peers[i].MatchIndex;
        }

        acknowledged[^1] = _durableIndex;
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
    }
}
