using ReplicatedBook.Node.Security.Rates;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: so many at once, and as many again over a window. Method: examples of the arithmetic, and long random
/// traffic held against tokens counted as time.</summary>
public sealed class RateBucketTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public void A_full_bucket_gives_its_quota_at_once_and_then_says_how_long_to_wait()
    {
        var bucket = new RateBucket();
        for (var left = 4; left >= 0; left--)
        {
            var taken = bucket.Take(100, Second, 5);
            Assert.Equal((true, left, TimeSpan.Zero), (taken.IsAllowed, taken.Remaining, taken.Wait));
            Assert.Equal(TimeSpan.FromMilliseconds(200 * (5 - left)), taken.UntilFull);
        }

        var refused = bucket.Take(100, Second, 5);

        Assert.Equal(
            (false, 0, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)),
            (refused.IsAllowed, refused.Remaining, refused.Wait, refused.UntilFull));
    }

    [Fact]
    public void A_token_comes_back_after_its_part_of_the_window_and_not_before()
    {
        var bucket = new RateBucket();
        for (var i = 0; i < 5; i++)
        {
            bucket.Take(0, Second, 5);
        }

        Assert.False(bucket.Take((Second / 5) - 1, Second, 5).IsAllowed);
        Assert.True(bucket.Take(Second / 5, Second, 5).IsAllowed);
        Assert.False(bucket.Take(Second / 5, Second, 5).IsAllowed);
    }

    [Fact]
    public void Rest_fills_a_bucket_up_and_never_beyond_its_quota()
    {
        var bucket = new RateBucket();
        bucket.Take(0, Second, 3);
        Assert.False(bucket.IsFull((Second / 3) - 1));
        Assert.True(bucket.IsFull(Second / 3));

        var after = Enumerable.Range(0, 5).Select(_ => bucket.Take(1_000 * Second, Second, 3).IsAllowed);

        Assert.Equal([true, true, true, false, false], after);
    }

    [Fact]
    public void Over_any_traffic_it_agrees_with_tokens_counted_as_time()
    {
        const int Quota = 7;
        var draws = new Random(20261122);
        var bucket = new RateBucket();
        var (now, step, there, at) = (0L, Second / Quota, Second, 0L);
        for (var i = 0; i < 100_000; i++)
        {
            now += draws.NextInt64(2 * step);
            there = Math.Min(Second, there + now - at);
            at = now;

            var isAllowed = bucket.Take(now, Second, Quota).IsAllowed;

            Assert.Equal(there >= step, isAllowed);
            there -= isAllowed ? step : 0;
        }
    }

    [Fact]
    public void Many_threads_together_get_no_more_than_the_quota()
    {
        var bucket = new RateBucket();
        var taken = 0;

        Parallel.For(0, 1_000, _ => Interlocked.Add(ref taken, bucket.Take(5, Second, 100).IsAllowed ? 1 : 0));

        Assert.Equal(100, taken);
    }
}
