namespace ReplicatedBook.Node.Tests.Running;

/// <summary>The time of the system, in which every pause and every patience is over ten times sooner.</summary>
internal sealed class HastyTime : TimeProvider
{
    private const int Haste = 10;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Hasten(dueTime), Hasten(period));

    private static TimeSpan Hasten(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Haste;
}
