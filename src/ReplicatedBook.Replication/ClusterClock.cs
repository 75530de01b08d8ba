namespace ReplicatedBook.Replication;

/// <summary>Cluster time at one node: the leader's word plus the time that has passed here since; all in
/// microseconds.</summary>
/// <remarks>The wall clock is read once at the start: its later jumps change nothing. No safety depends on any
/// clock.</remarks>
internal sealed class ClusterClock
{
    private long _anchorCluster;
    private long _anchorMonotonic;
    private long _lastStamp;

    /// <summary>Starts from the wall clock.</summary>
    /// <param name="monotonic">A clock that never goes back.</param>
    /// <param name="wall">Since 1970-01-01T00:00:00Z.</param>
    /// <param name="lastStamp">Latest time in the log.</param>
    public ClusterClock(long monotonic, long wall, long lastStamp)
    {
        _anchorMonotonic = monotonic;
        _anchorCluster = Math.Max(wall, lastStamp);
        _lastStamp = lastStamp;
    }

    /// <summary>Cluster time as known at a moment.</summary>
    public long Read(long monotonic) =>
        Math.Max(_lastStamp, _anchorCluster + Math.Max(0, monotonic - _anchorMonotonic));

    /// <summary>Takes over the leader's time.</summary>
    public void Observe(long leaderTime, long monotonic)
    {
        if (leaderTime > 0)
        {
            _anchorCluster = leaderTime;
            _anchorMonotonic = monotonic;
        }
    }

    /// <summary>Notes a time that stands in the log: no later entry may be stamped before it.</summary>
    public void NoteStamp(long stamp) => _lastStamp = Math.Max(_lastStamp, stamp);

    /// <summary>The time for a new entry; never before that of an earlier one.</summary>
    public long Stamp(long monotonic)
    {
        _lastStamp = Read(monotonic);
        return _lastStamp;
    }
}
