namespace ReplicatedBook.Node.Security.Rates;

/// <summary>The tokens of one source: so many at most, coming back evenly over a window. Safe from any thread, without
/// a lock.</summary>
/// <remarks>Held as one number, the time at which all tokens are back (the generic cell rate algorithm): each token
/// taken moves it on by the time in which one comes back.</remarks>
internal sealed class RateBucket
{
    private long _fullAt = long.MinValue;

    /// <summary>Whether nothing is missing, so that a new bucket would say the same.</summary>
    public bool IsFull(long now) => Volatile.Read(ref _fullAt) <= now;

    /// <summary>Takes a token if there is one.</summary>
    /// <param name="now">In ticks of a clock that does not go back.</param>
    /// <param name="window">Ticks in which as many come back as there can be.</param>
    /// <param name="quota">How many there can be; at most <paramref name="window"/>.</param>
    public RateVerdict Take(long now, long window, int quota)
    {
        var step = window / quota;
        while (true)
        {
            var fullAt = Volatile.Read(ref _fullAt);
            var missing = Math.Max(fullAt, now) - now;
            if (missing + step > window)
            {
                return new RateVerdict(
                    false, 0, TimeSpan.FromTicks(missing), TimeSpan.FromTicks(missing + step - window));
            }

            missing += step;
            if (Interlocked.CompareExchange(ref _fullAt, now + missing, fullAt) == fullAt)
            {
                return new RateVerdict(
                    true, (int)((window - missing) / step), TimeSpan.FromTicks(missing), TimeSpan.Zero);
            }
        }
    }
}
