namespace ReplicatedBook.Contracts.Http;

/// <summary>A book at one index.</summary>
/// <param name="Instrument">Whose book.</param>
/// <param name="Index">Log index.</param>
/// <param name="Time">Cluster time at that index.</param>
/// <param name="Bids">From the best.</param>
/// <param name="Asks">From the best.</param>
/// <param name="Checksum">CRC-32 over the top ten levels (API.md 2.7).</param>
public sealed record BookResponse(
    string Instrument,
    long Index,
    string Time,
    IReadOnlyList<BookLevel> Bids,
    IReadOnlyList<BookLevel> Asks,
    long Checksum);
