namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>One event of a market.</summary>
/// <param name="Index">Entry that made it.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Order">The order; of a trade the aggressor.</param>
/// <param name="Maker">Of a trade the resting order; else empty.</param>
/// <param name="Side">buy or sell, of the order; empty for a cancellation.</param>
/// <param name="Price">In hundredths; 0 for a cancellation.</param>
/// <param name="Lots">Hundredths of the quantity; 0 for a cancellation.</param>
internal readonly record struct MarketFact(
    long Index, MarketEvent Kind, string Order, string Maker, string Side, long Price, long Lots);
