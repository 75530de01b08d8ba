namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>What a workload comes to: equal for every matcher that is right.</summary>
/// <param name="Trades">How many trades.</param>
/// <param name="Lots">Lots of all trades.</param>
/// <param name="Notional">Price times lots over all trades.</param>
internal readonly record struct Totals(long Trades, long Lots, long Notional);
