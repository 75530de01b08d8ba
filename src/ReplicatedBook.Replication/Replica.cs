using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication.Feed;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <summary>One replica without I/O: consensus, log and exchange in one thread's hands; runs unchanged in
/// simulation.</summary>
/// <remarks>The host calls <see cref="SetClock"/> and the inputs in any number, then <see cref="Flush"/>, and carries
/// out
/// the output. One owner; nothing here waits, reads a clock or draws.</remarks>
public sealed partial class Replica
{
    private readonly ReplicaOptions _options;
    private readonly RaftNode _raft;
    private readonly RaftEffects _effects = new();
    private readonly ReplicaOutput _output = new();
    private readonly Applier _applier;
    private readonly ClusterClock _clock;
    private readonly LeaderContact _contact = new();
    private long _monotonic;

    /// <summary>Restores the state from what was on disk and applies what is known to be committed.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="recovered">What the data directory held.</param>
    /// <param name="monotonic">A clock that never goes back, in microseconds.</param>
    /// <param name="wall">Microseconds since 1970-01-01T00:00:00Z.</param>
    /// <exception cref="FormatException">The snapshot, or a committed entry, needs a later build.</exception>
    public Replica(ReplicaOptions options, RecoveredState recovered, long monotonic, long wall)
    {
        _options = options;
        _monotonic = monotonic;
        Records = new EntryRecords(options.MaxEntryRecords);
        Feed = new EventFeed(
            options.MaxFeedEntries, options.MaxFeedBytes,
            options.MaxJournalQueue > 0 ? new JournalQueue(options.MaxJournalQueue) : null);
        var state = recovered.SnapshotContent is { } content
            ? ReplicaState.Read(content.Span)
            : ReplicaState.Empty(options.Limits);
        RequireSupported(state.Exchange);
        Invariant.Require(state.Mark == recovered.Snapshot, "a snapshot's content is of its mark");

        _raft = new RaftNode(
            options.Raft, recovered.HardState, recovered.Snapshot, recovered.Entries,
            state.Membership ?? options.Bootstrap, recovered.CommitIndex, WholenessOf(recovered, options));
        _applier = new Applier(state, Records, Feed);
        Agreement = new Agreement(Records, _stateHashes);
        _lastSnapshot = _previousSnapshot = recovered.Snapshot;
        _durableIndex = _raft.Log.LastIndex;
        _openIndex = _raft.Log.LastIndex;
        _clock = new ClusterClock(monotonic, wall, LatestStamp(recovered, state.Exchange.Now.Microseconds));
        _contact.SetVoters(_raft.Membership);
        ApplyCommitted();
    }

    /// <summary>Digests of the last entries; safe from any thread.</summary>
    public EntryRecords Records { get; }

    /// <summary>Events of the last entries; safe from any thread.</summary>
    public EventFeed Feed { get; }

    /// <summary>The state machine, for queries by the owner.</summary>
    public Exchange Exchange => _applier.Exchange;

    /// <summary>Consensus, for looking only.</summary>
    public RaftNode Raft => _raft;

    /// <summary>Last applied index.</summary>
    public long AppliedIndex => _applier.AppliedIndex;

    /// <summary>Its term.</summary>
    public long AppliedTerm => _applier.AppliedTerm;

    /// <summary>Running digest there.</summary>
    public Digest Digest => _applier.Digest;

    /// <summary>Newest durable snapshot.</summary>
    public SnapshotMark LastSnapshot => _lastSnapshot;

    /// <summary>Whether weak reads may be served: whatever this node may have answered before its last stop is applied
    /// again.</summary>
    /// <remarks>Only durable entries are applied, so no answer was ever ahead of the log found at the start; what of
    /// that log was cut off since was never committed. A log that lost entries says nothing: then it is the log that
    /// made this node whole again.</remarks>
    public bool IsCaughtUp => AppliedIndex >= _openIndex && _raft.Wholeness != Wholeness.Repairing;

    /// <summary>When this node last heard from the leader, or a leader from its majority, by the host's clock; null
    /// before the first time.</summary>
    public long? LeaderContactAt =>
        _raft.Role == Role.Leader ? _contact.QuorumHeardAt(_options.Raft.Id, _monotonic) : _contact.LeaderHeardAt;

    /// <summary>Cluster time as known now.</summary>
    public Timestamp ClusterTime => new(_clock.Read(_monotonic));

    /// <summary>Tells the time, before other inputs.</summary>
    /// <param name="monotonic">As in the constructor.</param>
    public void SetClock(long monotonic) => _monotonic = Math.Max(_monotonic, monotonic);

    /// <summary>One step of Raft's clock.</summary>
    public void Tick()
    {
        _ticks++;
        if (Divergence is null or { Cause: DivergenceCause.Outvoted })
        {
            SendReports(); // Where everybody differs from everybody, the last must learn it of those who stopped first.
        }

        if (Divergence is not null)
        {
            return;
        }

        Step(new RaftInput.ClockTick(_clock.Read(_monotonic)));
        RaiseFeatureLevel();
        LetTimePass();
        GiveUpOnOverdueProposals();
    }

    /// <summary>A message from a peer.</summary>
    public void Receive(RaftMessage message)
    {
        if (Divergence is not null)
        {
            return;
        }

        if (message is AgreementReport report)
        {
            TakeReport(report);
            return;
        }

        Step(new RaftInput.Received(message));
        StopOnContradiction();
        if (message.Term == _raft.HardState.Term)
        {
            NoteContact(message);
        }
    }

    /// <summary>Asks for an index at which a strong read may be served; answered once that index is applied.</summary>
    /// <param name="requestId">Comes back with the answer; unique within the process.</param>
    public void ReadBarrier(long requestId)
    {
        if (Divergence is null)
        {
            Step(new RaftInput.ReadBarrier(requestId));
        }
        else
        {
            _output.Reads.Add(new ReadResult(requestId, -1));
        }
    }

    /// <summary>Asks the leader to hand over.</summary>
    /// <param name="target">A voter; null for the one that is furthest along.</param>
    public void TransferLeadership(NodeId? target)
    {
        if (Divergence is null)
        {
            Step(new RaftInput.TransferLeadership(target));
        }
    }

    /// <summary>Ends a turn: proposes what was collected, applies what is committed.</summary>
    /// <returns>What to do now; valid until the next input.</returns>
    public ReplicaOutput Flush()
    {
        if (Divergence is null)
        {
            ProposeCollected();
            ApplyCommitted();
            Tell(Agreement.Compare(AppliedIndex));
            StopWhenOutvoted();
        }

        if (Divergence is null)
        {
            CompleteReads();
            AnnounceMembership();
            TakeSnapshotWhenDue();
            ContinueSnapshot();
            SealBatch(_raft.CommitIndex);
        }

        return _output;
    }

    /// <summary>To be called when the output has been taken over.</summary>
    public void ClearOutput() => _output.Clear();

    private void NoteContact(RaftMessage message)
    {
        switch (message)
        {
            case AppendEntries append when _raft.Leader == append.From:
                _clock.Observe(append.LeaderTime, _monotonic);
                _contact.HeardLeader(_monotonic);
                break;
            case InstallSnapshot piece when _raft.Leader == piece.From:
                _clock.Observe(piece.LeaderTime, _monotonic);
                _contact.HeardLeader(_monotonic);
                break;
            case AppendEntriesReply or InstallSnapshotReply:
                _contact.HeardPeer(message.From, _monotonic);
                break;
            default:
                break;
        }
    }

    /// <summary>A node that joins founds no cluster: its empty directory may as well be a lost one, so it helps to
    /// elect nobody before it is whole.</summary>
    private static Wholeness WholenessOf(RecoveredState recovered, ReplicaOptions options) =>
        recovered.Wholeness == Wholeness.New && options.Bootstrap.Members.Count == 0
            ? Wholeness.Repairing
            : recovered.Wholeness;

    private static long LatestStamp(RecoveredState recovered, long now)
    {
        foreach (var entry in recovered.Entries)
        {
            if (entry.Kind == EntryKind.Command && EntryPayload.TryRead(entry.Payload.Span, out var at, out _))
            {
                now = Math.Max(now, at.Microseconds);
            }
        }

        return now;
    }
}
