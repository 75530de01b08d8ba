namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>A clock that goes on when it is told to, for a whole node: its timers repeat. Safe from any
/// thread.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets a second pass and fires what falls due.</summary>
    public void Step()
    {
        Timer[] due;
        lock (_gate)
        {
            _now += TimeSpan.TicksPerSecond;
            due = [.. _timers.Where(timer => timer.TryFall(_now))];
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    private sealed class Timer(SteppedTime time, Action fire) : ITimer
    {
        private long _due;
        private TimeSpan _period;

        public Action Fire => fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                _due = time._now + dueTime.Ticks;
                _period = period;
                time._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public bool TryFall(long now)
        {
            if (now < _due)
            {
                return false;
            }

            _due = _period > TimeSpan.Zero ? now + _period.Ticks : long.MaxValue;
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
