namespace ReplicatedBook.Contracts.Http;

/// <summary>The books of a market at one index: of all its outcomes, or of the one that was asked for.</summary>
/// <param name="MarketId">Which market.</param>
/// <param name="Index">Log index.</param>
/// <param name="Time">Cluster time at that index.</param>
public sealed record MarketBookResponse(string MarketId, long Index, string Time)
{
    /// <summary>All of them, in the market's order; absent where one was asked for.</summary>
    public IReadOnlyList<OutcomeBook>? Outcomes { get; init; }

    /// <summary>The one asked for; absent otherwise, as is all below.</summary>
    public string? Outcome { get; init; }

    /// <summary>Its symbol.</summary>
    public string? Instrument { get; init; }

    /// <summary>Absent also before the first trade.</summary>
    public string? LastPrice { get; init; }

    /// <summary>From the best.</summary>
    public IReadOnlyList<BookLevel>? Bids { get; init; }

    /// <summary>From the best.</summary>
    public IReadOnlyList<BookLevel>? Asks { get; init; }

    /// <summary>CRC-32 over the top ten levels (API.md 2.7).</summary>
    public long? Checksum { get; init; }
}
