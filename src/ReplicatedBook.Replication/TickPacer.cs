namespace ReplicatedBook.Replication;

/// <summary>Says when a clock tick is due. However late the caller is, it gets one tick and not those it missed; and
/// after a stall of this process none at first, so that what arrived meanwhile is heard before silence is taken for the
/// leader's.</summary>
/// <remarks>Pure; one owner at a time, but for <see cref="WaitAt"/>. Times are microseconds of a clock that never goes
/// back.</remarks>
internal sealed class TickPacer
{
    private readonly long _interval;
    private readonly long _stall;
    private long _next;
    private bool _hasStalled;

    /// <param name="interval">From one tick to the next; positive.</param>
    /// <param name="stall">Being so late is a stall of this process.</param>
    /// <param name="now">The present time.</param>
    public TickPacer(long interval, long stall, long now) =>
        (_interval, _stall, _next) = (interval, stall, now + interval);

    /// <summary>How long to wait for the next tick at most; 0 when it is due. For any thread.</summary>
    public long WaitAt(long now) => Math.Max(0, Volatile.Read(ref _next) - now);

    /// <summary>Whether to tick now.</summary>
    public bool IsDue(long now)
    {
        if (now < _next)
        {
            return false;
        }

        // Only the first of several late turns is passed over: a process that is always slow still keeps time.
        var isStalled = now - _next >= _stall;
        var isPassedOver = isStalled && !_hasStalled;
        _hasStalled = isStalled;
        Volatile.Write(
            ref _next, isPassedOver ? now + _interval : Math.Max(_next + _interval, now + (_interval / 2)));
        return !isPassedOver;
    }
}
