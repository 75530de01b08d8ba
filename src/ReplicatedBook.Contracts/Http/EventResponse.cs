namespace ReplicatedBook.Contracts.Http;

/// <summary>An event with its market.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">Absent where there is none.</param>
/// <param name="Category">Absent where there is none.</param>
/// <param name="Status">That of its market.</param>
/// <param name="CreatedAt">Cluster time.</param>
/// <param name="CreatedIndex">Log index that created it.</param>
/// <param name="Version">Log index of its last change; also the ETag.</param>
/// <param name="Market">Its market, without a receipt of its own.</param>
/// <param name="Receipt">Only in the answer to a change.</param>
public sealed record EventResponse(
    string EventId,
    string Title,
    string? Description,
    string? Category,
    string Status,
    string CreatedAt,
    long CreatedIndex,
    long Version,
    MarketResponse Market,
    Receipt? Receipt);
