namespace ReplicatedBook.Contracts.Http;

/// <summary>The book of one outcome, in its own terms.</summary>
/// <param name="Outcome">Its id.</param>
/// <param name="Instrument">Its symbol.</param>
/// <param name="LastPrice">Absent before the first trade.</param>
/// <param name="Bids">From the best.</param>
/// <param name="Asks">From the best.</param>
/// <param name="Checksum">CRC-32 over the top ten levels (API.md 2.7).</param>
public sealed record OutcomeBook(
    string Outcome,
    string Instrument,
    string? LastPrice,
    IReadOnlyList<BookLevel> Bids,
    IReadOnlyList<BookLevel> Asks,
    long Checksum);
