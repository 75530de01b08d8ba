namespace ReplicatedBook.Cli.Replay;

/// <summary>Where a flow is replayed.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Account">Owner of all its orders.</param>
internal sealed record ReplayMarket(string Symbol, string Account);
