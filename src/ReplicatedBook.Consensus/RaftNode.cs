using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus;

/// <summary>Raft without I/O: inputs go in, effects come out; no clock, no chance but the seed, no threads.</summary>
/// <remarks>Not safe for several threads. Ongaro and Ousterhout 2014, extended version ("Raft paper"); Ongaro 2014 (the
/// dissertation) for pre-vote, transfer and read index.</remarks>
public sealed partial class RaftNode
{
    private readonly RaftConfig _config;
    private readonly RaftLog _log;
    private readonly SplitMix64 _chance;
    private Progress[] _peers = []; // Every member but this node, ordered by id.

    private long _durableIndex; // Last entry known to be on this node's own disk.
    private long _clusterTime;

    /// <summary>Starts as follower with what was recovered from disk.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="hardState">Term and vote as last persisted.</param>
    /// <param name="snapshot">Mark of the snapshot the state machine was restored from.</param>
    /// <param name="entries">Log entries, consecutive, all durable; they may begin before the snapshot's mark (kept for
    /// slow followers) and reach at least to it.</param>
    /// <param name="membership">That at the snapshot's mark; without a snapshot the bootstrap membership, or
    /// <see cref="Membership.Empty"/> on a node that is to be told. Entries after the mark change it.</param>
    /// <param name="commitIndex">Commit index as last persisted; 0 when unknown. Below the snapshot's it counts for
    /// nothing.</param>
    /// <param name="wholeness">Whether the disk holds all that it ever held; the same again at each start until
    /// <see cref="RaftEffects.BecameWhole"/>.</param>
    /// <exception cref="ArgumentException">Settings out of range, or parts of the state contradict one
    /// another.</exception>
    public RaftNode(
        RaftConfig config, HardState hardState, SnapshotMark snapshot, IReadOnlyList<LogEntry> entries,
        Membership membership, long commitIndex = 0, Wholeness wholeness = Wholeness.Whole)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(membership);
        config.Validate();
        _config = config;
        _log = new RaftLog(snapshot, entries);
        if (hardState.Term < _log.LastTerm || hardState.Term > MessageCheck.MaxTerm)
        {
            throw new ArgumentException("The log has entries of a later term than the last known.", nameof(hardState));
        }

        if (commitIndex > _log.LastIndex)
        {
            throw new ArgumentException("More was committed than the log holds.", nameof(commitIndex));
        }

        HardState = hardState;
        CommitIndex = Math.Max(commitIndex, snapshot.Index);
        CommitTerm = _log.TermAt(CommitIndex) ?? 0;
        _durableIndex = _log.LastIndex;
        _chance = new SplitMix64(config.Seed);
        _lastForward = (long)(_chance.Next() >> 2);
        _firstForward = _lastForward + 1;

        Wholeness = wholeness;
        RecoverMemberships(membership);
        RestartElectionTimer();
    }

    /// <summary>Role in the present term.</summary>
    public Role Role { get; private set; }

    /// <summary>Term and vote; perhaps not durable yet, but nothing that depends on it has left before it is.</summary>
    public HardState HardState { get; private set; }

    /// <summary>The leader of the present term as far as known; null while there is none to be trusted.</summary>
    public NodeId? Leader { get; private set; }

    /// <summary>Highest index known to be committed; never goes back.</summary>
    public long CommitIndex { get; private set; }

    /// <summary>Term of the entry at <see cref="CommitIndex"/>; 0 before the first.</summary>
    public long CommitTerm { get; private set; }

    /// <summary>Whether an entry of the present term is committed as far as this node knows. On a leader it means that
    /// the commit index includes all that earlier leaders committed (Raft paper, section 8).</summary>
    public bool HasCommittedInTerm => CommitTerm == HardState.Term && HardState.Term > 0;

    /// <summary>The log in memory: entries after the oldest kept index.</summary>
    public ILogReader Log => _log;

    /// <summary>Messages that were ignored because no correct peer of this cluster can have sent them to this
    /// node.</summary>
    public long IgnoredMessages { get; private set; }

    /// <summary>Messages that were dropped because their sender is no member: it may have been one.</summary>
    public long StrangerMessages { get; private set; }

    /// <summary>Messages that contradict what this node knows to be certain: another leader in the same term, or
    /// another entry where one is committed. They are not acted on; any number above 0 means that some node lost or
    /// forged state, and is a reason to stop and look.</summary>
    public long Contradictions { get; private set; }

    /// <summary>Takes one input and says what must now be done.</summary>
    /// <param name="input">A clock tick, a proposal, a read, a message from a peer, or a finished write.</param>
    /// <param name="effects">Emptied, then filled.</param>
    /// <remarks>No message makes it throw. Terms and roles: Ongaro 2014, figure 3.1.</remarks>
    /// <exception cref="InvariantViolatedException">This node's own state or what the caller reports of its disk cannot
    /// be: the process must end.</exception>
    public void Step(RaftInput input, RaftEffects effects)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(effects);
        effects.Clear();
        _copied = null;
        var (termBefore, commitBefore) = (HardState.Term, CommitIndex);

        switch (input)
        {
            case RaftInput.Received received: Receive(received.Message, effects); break;
            case RaftInput.Proposal proposal: Propose(proposal.Payloads, effects); break;
            case RaftInput.Persisted persisted: NotePersisted(persisted, effects); break;
            case RaftInput.ClockTick tick: PassTick(tick.ClusterTime, effects); break;
            case RaftInput.ReadBarrier read: BeginRead(read.RequestId, effects); break;
            case RaftInput.SnapshotTaken taken: NoteSnapshotTaken(taken); break;
            case RaftInput.SnapshotProgress progress: NoteSnapshotProgress(progress, effects); break;
            case RaftInput.TransferLeadership transfer: BeginTransfer(transfer.Target, effects); break;
            case RaftInput.ChangeMembership change: ChangeMembership(change.Change, effects); break;
            case RaftInput.PeerUnreachable lost: NoteUnreachable(lost.Peer); break;
            default: throw new ArgumentException("No such input.", nameof(input));
        }

        Invariant.Require(HardState.Term >= termBefore, "terms only grow");
        Invariant.Require(CommitIndex >= commitBefore, "the commit index never goes back");
        Invariant.Require(CommitIndex <= _log.LastIndex, "only what is in the log is committed");
        Invariant.Require(_log.Snapshot.Index <= CommitIndex, "only what is committed is in a snapshot");
        Invariant.Require(_log.LastTerm <= HardState.Term, "no entry is of a later term than the present");
        Invariant.Require(Role != Role.Leader || Leader == _config.Id, "who leads knows that it leads");
    }

    private void PassTick(long clusterTime, RaftEffects effects)
    {
        _clusterTime = Math.Max(_clusterTime, clusterTime);
        if (Role == Role.Leader)
        {
            TickLeader(effects);
        }
        else
        {
            TickFollower(effects);
        }
    }

    /// <summary>A write of this node's own log is done.</summary>
    /// <remarks>The term guards against counting a finished write of an entry that was replaced while it was under way.
    /// A write of an equal entry that was replaced and then appended again may still be mistaken, but only for entries
    /// of earlier terms, and a leader commits only through an entry of its own term, which is written once.</remarks>
    private void NotePersisted(RaftInput.Persisted persisted, RaftEffects effects)
    {
        if (persisted.LastIndex <= _durableIndex || _log.TermAt(persisted.LastIndex) != persisted.LastTerm)
        {
            return;
        }

        _durableIndex = persisted.LastIndex;
        _isTermDurable |= persisted.LastTerm == HardState.Term; // Written before any entry of the term, or with it.
        if (Role == Role.Leader)
        {
            _ticksSinceDurable = 0;
            AdvanceCommit(effects);
        }
    }

    private void SetCommit(long index)
    {
        Invariant.Require(index <= _log.LastIndex, "only what is in the log is committed");
        if (index > CommitIndex)
        {
            CommitIndex = index;
            CommitTerm = _log.TermAt(index) ?? throw new InvariantViolatedException("a committed entry has a term");
        }
    }

    private void SetHardState(HardState hardState, RaftEffects effects)
    {
        Invariant.Require(hardState.Term > HardState.Term || HardState.VotedFor is null,
            "a vote is changed only when the term rises");
        if (hardState.Term > HardState.Term)
        {
            ForgetProofs(); // They are of a leader of the earlier term.
            _isTermDurable = false;
        }

        HardState = hardState;
        effects.HardState = hardState;
    }

    private Progress? FindPeer(NodeId id)
    {
        foreach (var peer in _peers)
        {
            if (peer.Id == id)
            {
                return peer;
            }
        }

        return null;
    }
}
