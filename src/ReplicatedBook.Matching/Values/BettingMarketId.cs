namespace ReplicatedBook.Matching.Values;

/// <summary>Names a betting market, from 1 in order of creation; 0 names none. Given out by the state machine, so equal
/// on every node.</summary>
/// <param name="Value">The number.</param>
public readonly record struct BettingMarketId(int Value);
