namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>The price around which orders are drawn; every 50 operations it may move by a tick.</summary>
internal sealed class Middle
{
    /// <summary>Where it starts unless told otherwise.</summary>
    public const long Start = 100_000;

    private const int StepsPerMove = 50;

    private readonly long _lowest;
    private readonly long _highest;

    /// <summary>At its start.</summary>
    /// <param name="start">Where that is.</param>
    /// <param name="farthest">How far it goes from there.</param>
    public Middle(long start = Start, long farthest = 1_000) =>
        (Price, _lowest, _highest) = (start, start - farthest, start + farthest);

    /// <summary>Where it is.</summary>
    public long Price { get; private set; }

    /// <summary>Goes on: up 30 %, down 30 % of the time.</summary>
    /// <param name="random">What draws.</param>
    /// <param name="step">Which operation comes, from 0.</param>
    public void Move(Xoroshiro128Plus random, int step)
    {
        if (step % StepsPerMove == StepsPerMove - 1)
        {
            var draw = random.Unit();
            Price = Math.Clamp(Price + (draw < 0.3 ? 1 : draw < 0.6 ? -1 : 0), _lowest, _highest);
        }
    }
}
