using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <summary>What other threads may know of the replica; written by its thread after each turn.</summary>
internal sealed class ReplicaStatusBoard
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];
    private readonly Replica _replica;
    private readonly ReplicaHostOptions _options;
    private readonly ReplicaStorage _storage;
    private Membership _membership;
    private NodeId[] _voters;
    private volatile ReplicaStatus _status;
    private volatile SnapshotMark[] _marks = [];
    private long _clockOffset;
    private long _contactAt = -1;
    private NodeId? _lastLeader;
    private long _leaderChanges;
    private bool _isStopped;

    /// <summary>Shows the state after recovery.</summary>
    public ReplicaStatusBoard(Replica replica, ReplicaHostOptions options, ReplicaStorage storage)
    {
        _replica = replica;
        _options = options;
        _storage = storage;
        _membership = replica.Raft.Membership;
        _voters = VotersOf(_membership);
        _status = Create();
        Publish(HostClock.Monotonic);
    }

    /// <summary>The newest.</summary>
    public ReplicaStatus Status => _status;

    /// <summary>See <see cref="IReplicaReader.ClusterTime"/>.</summary>
    public Timestamp ClusterTime => new(HostClock.Monotonic + Interlocked.Read(ref _clockOffset));

    /// <summary>See <see cref="IReplicaReader.LeaderSilence"/>.</summary>
    public TimeSpan? LeaderSilence
    {
        get
        {
            var contact = Interlocked.Read(ref _contactAt);
            if (contact < 0)
            {
                return null;
            }

            var silence = TimeSpan.FromMicroseconds(Math.Max(0, HostClock.Monotonic - contact));
            var isLeading = _status.Role == Role.Leader;
            return isLeading && silence < _options.Replica.Raft.ElectionTicks * _options.TickInterval
                ? TimeSpan.Zero
                : silence;
        }
    }

    /// <summary>See <see cref="IReplicaReader.OldestIndex"/>.</summary>
    public long OldestIndex
    {
        get
        {
            var first = _status.FirstLogIndex;
            if (first <= 1)
            {
                return 0;
            }

            var oldest = long.MaxValue;
            foreach (var mark in _marks)
            {
                // From a snapshot that the log continues, every later index can be rebuilt.
                if (mark.Index + 1 >= first)
                {
                    oldest = Math.Min(oldest, mark.Index);
                }
            }

            return oldest == long.MaxValue ? _status.AppliedIndex : oldest;
        }
    }

    /// <summary>The newest snapshot, or the empty state, at or before an index; null when there is none.</summary>
    public SnapshotMark? NearestStart(long index)
    {
        foreach (var mark in _marks)
        {
            if (mark.Index <= index)
            {
                return mark;
            }
        }

        return _replica.Raft.Log.FirstIndex <= 1 ? default(SnapshotMark) : null;
    }

    /// <summary>Shows the present state; called by the replica's thread.</summary>
    public void Publish(long now)
    {
        Interlocked.Exchange(ref _clockOffset, _replica.ClusterTime.Microseconds - now);
        Interlocked.Exchange(ref _contactAt, _replica.LeaderContactAt ?? -1);
        var old = _status;
        if (old.AppliedIndex == _replica.AppliedIndex && old.CommitIndex == _replica.Raft.CommitIndex
            && old.LastLogIndex == _replica.Raft.Log.LastIndex && old.Term == _replica.Raft.HardState.Term
            && old.Role == _replica.Raft.Role && old.Leader == _replica.Raft.Leader
            && ReferenceEquals(_membership, _replica.Raft.Membership) && old.Wholeness == _replica.Raft.Wholeness
            && old.SnapshotIndex == _replica.LastSnapshot.Index && old.IsStorageFull == _storage.IsFull
            && old.Role != Role.Leader
            && old.Divergence == _replica.Divergence && old.DigestMismatches == _replica.DigestMismatches
            && old.StateHashIndex == _replica.StateHash.Index)
        {
            return;
        }

        if (old.SnapshotIndex != _replica.LastSnapshot.Index || _marks.Length == 0)
        {
            _marks = [.. _storage.Snapshots.Select(snapshot => snapshot.Mark)];
        }

        _status = Create();
        WakeWaiters();
    }

    /// <summary>Waits until a status fits, or a time has passed.</summary>
    public async Task<bool> WaitAsync(
        Func<ReplicaStatus, bool> fits, TimeSpan limit, CancellationToken cancellation)
    {
        var source = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiter = new Waiter(fits, source);
        lock (_gate)
        {
            if (_isStopped || fits(_status))
            {
                return !_isStopped;
            }

            _waiters.Add(waiter);
        }

        try
        {
            return await waiter.Source.Task.WaitAsync(limit, cancellation);
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    /// <summary>Nothing will be shown any more.</summary>
    public void Stop()
    {
        _status = _status with { HasFailed = true, Role = Role.Follower, Leader = null };
        lock (_gate)
        {
            _isStopped = true;
            foreach (var waiter in _waiters)
            {
                waiter.Source.TrySetResult(false);
            }
        }
    }

    private void WakeWaiters()
    {
        lock (_gate)
        {
            foreach (var waiter in _waiters)
            {
                if (waiter.Fits(_status))
                {
                    waiter.Source.TrySetResult(true);
                }
            }
        }
    }

    private ReplicaStatus Create()
    {
        var raft = _replica.Raft;
        if (!ReferenceEquals(_membership, raft.Membership))
        {
            _membership = raft.Membership;
            _voters = VotersOf(_membership);
        }

        if (raft.Leader is { } leader && leader != _lastLeader)
        {
            _lastLeader = leader;
            _leaderChanges++;
        }

        return new ReplicaStatus
        {
            Node = _options.Replica.Raft.Id,
            Role = _replica.Divergence is null ? raft.Role : Role.Follower,
            Term = raft.HardState.Term,
            Leader = _replica.Divergence is null ? raft.Leader : null,
            LeaderChanges = _leaderChanges,
            Voters = _voters,
            Members = _membership.Members,
            MembershipIndex = raft.MembershipIndex,
            MembershipFingerprint = _membership.Fingerprint,
            Wholeness = raft.Wholeness,
            InstalledSnapshots = _replica.InstalledSnapshots,
            CommitIndex = raft.CommitIndex,
            AppliedIndex = _replica.AppliedIndex,
            AppliedTerm = _replica.AppliedTerm,
            Digest = _replica.Digest,
            FirstLogIndex = raft.Log.FirstIndex,
            LastLogIndex = raft.Log.LastIndex,
            SnapshotIndex = _replica.LastSnapshot.Index,
            LogBytes = _storage.LogBytes,
            Peers = Peers(raft),
            IsCaughtUp = _replica.IsCaughtUp,
            IsStorageFull = _storage.IsFull,
            Divergence = _replica.Divergence,
            DigestMismatches = _replica.DigestMismatches,
            StateHashIndex = _replica.StateHash.Index,
            StateHash = _replica.StateHash.Hash,
            FeatureLevel = _replica.FeatureLevel,
            IdentityIndex = _replica.IdentityIndex,
            SupportedLevel = _options.Replica.SupportedLevel,
            HeldBackBy = _replica.HeldBackBy,
        };
    }

    private static NodeId[] VotersOf(Membership membership) =>
        [.. membership.Members.Where(member => member.IsVoter).Select(member => member.Id)];

    private PeerStatus[] Peers(RaftNode raft)
    {
        if (raft.Role != Role.Leader)
        {
            return [];
        }

        var peers = raft.Peers;
        var result = new PeerStatus[peers.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var peer = peers[i];
            result[i] = new PeerStatus(
                peer.Id, peer.MatchIndex, peer.TicksSinceContact * _options.TickInterval, peer.IsVoter,
                peer.IsSentSnapshot);
        }

        return result;
    }

    private sealed record Waiter(Func<ReplicaStatus, bool> Fits, TaskCompletionSource<bool> Source);
}
