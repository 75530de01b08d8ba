namespace ReplicatedBook.Contracts.Http;

/// <summary>The books of a betting market at one index. With two runners a bet also meets those on the other runner,
/// which stand in that one's book.</summary>
/// <param name="MarketId">The market.</param>
/// <param name="State">As in the market.</param>
/// <param name="Phase">As in the market.</param>
/// <param name="Version">As in the market.</param>
/// <param name="Index">Log index.</param>
/// <param name="Time">Cluster time at that index.</param>
/// <param name="Runners">One book each, in order of their coming.</param>
public sealed record BettingBookResponse(
    string MarketId,
    string State,
    string Phase,
    long Version,
    long Index,
    string Time,
    IReadOnlyList<RunnerBookResponse> Runners);
