namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Operations with what a simple matcher made of them.</summary>
/// <param name="Name">For people.</param>
/// <param name="Operations">In order; orders have the ids 1, 2, 3, ... as they come.</param>
/// <param name="Books">How many books they are for.</param>
/// <param name="Totals">What they come to.</param>
/// <param name="PeakOrders">Most orders resting at one time.</param>
/// <param name="PeakLevels">Most price levels at one time.</param>
internal sealed record Workload(
    string Name, Operation[] Operations, int Books, Totals Totals, int PeakOrders, int PeakLevels)
{
    /// <summary>Ticks of a share's payout where the book is that of two outcomes; 0 for spot.</summary>
    public long Payout { get; init; }
}
