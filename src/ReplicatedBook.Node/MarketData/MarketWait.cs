using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.MarketData;

/// <summary>How followers wait for what is new.</summary>
/// <param name="log">Says whether this node's state may be shown.</param>
/// <param name="time">For the pauses.</param>
internal sealed class MarketWait(IReplicatedLog log, TimeProvider time)
{
    /// <summary>A follower looks this often whether it may go on, although nothing is new.</summary>
    public static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(2);

    public TimeProvider Time => time;

    /// <summary>Waits for a pulse, or a while.</summary>
    /// <param name="topic">Whose.</param>
    /// <param name="next">Its next pulse, taken before it was found that nothing is new.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <exception cref="ChannelEndedException">Nothing will come any more, or must be shown.</exception>
    public async ValueTask ForAsync(Topic topic, Task next, CancellationToken cancellation)
    {
        Check(topic);
        await next.WaitAsync(CheckInterval, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        Check(topic);
    }

    /// <summary>Whether a follower may go on.</summary>
    /// <exception cref="ChannelEndedException">It may not.</exception>
    public void Check(Topic topic)
    {
        if (log.Status.Divergence is not null)
        {
            throw new ChannelEndedException(ChannelEnd.Diverged);
        }

        if (topic.Failure is not null)
        {
            throw new ChannelEndedException(ChannelEnd.Stopping);
        }
    }
}
