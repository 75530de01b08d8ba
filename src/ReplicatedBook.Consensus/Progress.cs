namespace ReplicatedBook.Consensus;

/// <summary>What a leader knows of one follower and has under way to it.</summary>
internal sealed class Progress(NodeId id, RaftConfig config)
{
    /// <summary>The follower.</summary>
    public NodeId Id { get; } = id;

    /// <summary>Whether it counts for commits, reads and check-quorum.</summary>
    public bool IsVoter { get; set; }

    /// <summary>Whether it said that its disk may lack what it once acknowledged, so that it would not vote.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Whether it has answered in this term at all.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Its answer in this node's election; null while it has not answered.</summary>
    public bool? Vote { get; set; }

    /// <summary>How it is fed.</summary>
    public ReplicationState State { get; private set; }

    /// <summary>Last index known to be durable there and equal to the leader's.</summary>
    public long MatchIndex { get; private set; }

    /// <summary>Next index to send; runs ahead of <see cref="MatchIndex"/> while replicating.</summary>
    public long NextIndex { get; private set; }

    /// <summary>Highest index it was sent in this term: it cannot have acknowledged more.</summary>
    public long MaxSent { get; private set; }

    /// <summary>Whether a probe waits for its answer.</summary>
    public bool IsProbeOut { get; private set; }

    /// <summary>Whether no probe has been sent yet in this term: only the first carries entries.</summary>
    public bool IsFirstProbe { get; private set; }

    /// <summary>Highest read round it has confirmed in this term.</summary>
    public long ConfirmedRound { get; set; }

    /// <summary>Highest commit index it has been told in this term.</summary>
    public long CommitSent { get; set; }

    /// <summary>Clock ticks since its last answer, or since the term began.</summary>
    public int TicksSinceContact { get; private set; }

    /// <summary>Appends under way.</summary>
    public InflightWindow Inflight { get; } = new(config.MaxInflightAppends, config.MaxInflightBytes);

    /// <summary>The snapshot being sent.</summary>
    public SnapshotMark PendingSnapshot { get; private set; }

    /// <summary>First byte of the piece under way.</summary>
    public long PieceOffset { get; private set; }

    /// <summary>Clock ticks since that piece was asked for.</summary>
    public int PieceTicks { get; private set; }

    /// <summary>How often it was sent again without an answer.</summary>
    public int PieceRepeats { get; private set; }

    /// <summary>Starts a term: nothing is known of the follower but that its log may well equal the leader's.</summary>
    /// <param name="lastIndex">The leader's last index before its first entry of the term.</param>
    public void Reset(long lastIndex)
    {
        State = ReplicationState.Probe;
        MatchIndex = 0;
        MaxSent = 0;
        NextIndex = lastIndex + 1;
        IsProbeOut = false;
        IsFirstProbe = true;
        ConfirmedRound = 0;
        CommitSent = 0;
        TicksSinceContact = 0;
        HasAnswered = false;
        Inflight.Clear();
    }

    /// <summary>A clock tick has passed.</summary>
    public void Tick()
    {
        // Saturating: a peer may be away for years.
        TicksSinceContact = Math.Min(TicksSinceContact + 1, int.MaxValue - 1);
        PieceTicks = Math.Min(PieceTicks + 1, int.MaxValue - 1);
    }

    /// <summary>The follower has answered in this term.</summary>
    public void Contacted()
    {
        TicksSinceContact = 0;
        HasAnswered = true;
    }

    /// <summary>Entries up to here were sent.</summary>
    public void NoteSent(long index) => MaxSent = Math.Max(MaxSent, index);

    /// <summary>A probe was sent.</summary>
    public void ProbeSent()
    {
        IsProbeOut = true;
        IsFirstProbe = false;
    }

    /// <summary>The probe is taken for lost, so that another may be sent.</summary>
    public void ProbeExpired() => IsProbeOut = false;

    /// <summary>Entries were sent while replicating.</summary>
    public void EntriesSent(long lastIndex, long bytes)
    {
        Inflight.Add(lastIndex, bytes);
        NextIndex = lastIndex + 1;
    }

    /// <summary>The follower's log is durable and equal up to here.</summary>
    public void Matched(long index)
    {
        MatchIndex = Math.Max(MatchIndex, index);
        NoteSent(index); // By a snapshot, if not by entries.
        NextIndex = Math.Max(NextIndex, MatchIndex + 1);
        Inflight.FreeUpTo(index);
    }

    /// <summary>The follower lost entries it had acknowledged. What was committed by counting them stays
    /// committed.</summary>
    public void ForgetMatch() => MatchIndex = 0;

    /// <summary>Sends one message at a time from now on.</summary>
    /// <param name="nextIndex">Where the logs may agree; raised to what is known to match.</param>
    public void BecomeProbe(long nextIndex)
    {
        State = ReplicationState.Probe;
        NextIndex = Math.Max(nextIndex, MatchIndex + 1);
        IsProbeOut = false;
        Inflight.Clear();
    }

    /// <summary>Sends ahead from now on.</summary>
    public void BecomeReplicate()
    {
        State = ReplicationState.Replicate;
        NextIndex = MatchIndex + 1;
        IsProbeOut = false;
        Inflight.Clear();
    }

    /// <summary>Sends this snapshot from its first byte.</summary>
    public void BecomeSnapshot(SnapshotMark mark)
    {
        State = ReplicationState.Snapshot;
        PendingSnapshot = mark;
        PieceRepeats = 0;
        IsProbeOut = false;
        Inflight.Clear();
        PieceAt(0);
    }

    /// <summary>The follower answered; the piece at this offset is now under way.</summary>
    public void PieceAnswered(long nextOffset)
    {
        PieceRepeats = 0;
        PieceAt(nextOffset);
    }

    /// <summary>The piece under way is sent once more.</summary>
    public void PieceRepeated()
    {
        PieceRepeats++;
        PieceAt(PieceOffset);
    }

    private void PieceAt(long offset)
    {
        PieceOffset = offset;
        PieceTicks = 0;
    }
}
