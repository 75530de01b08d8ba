namespace ReplicatedBook.Contracts.Http;

/// <summary>A prediction market.</summary>
/// <param name="MarketId">Its id, which is also its event's.</param>
/// <param name="EventId">Its event.</param>
/// <param name="Kind">binary (two outcomes, one book) or categorical (a book each).</param>
/// <param name="Status">pending, active, paused, closed, resolved or voided; deleted only in the answer to
/// that.</param>
/// <param name="Collateral">What shares are paid in.</param>
/// <param name="TickSize">Step of prices.</param>
/// <param name="LotSize">Step of quantities.</param>
/// <param name="PriceScale">Digits after the point of prices.</param>
/// <param name="QtyScale">Digits after the point of quantities.</param>
/// <param name="Outcomes">In the order in which they were given.</param>
/// <param name="OpenInterest">Complete sets that there are.</param>
/// <param name="CollateralLocked">Held for the shares.</param>
/// <param name="Settling">Whether orders are still to be canceled or holders to be paid, which the next log entries
/// do.</param>
/// <param name="OrdersCanceled">By its end, so far.</param>
/// <param name="AccountsPaid">By its end, so far.</param>
/// <param name="Dust">Collateral that could not be shared out when it ended; the market keeps it.</param>
/// <param name="ClosesAt">When it closes by itself; absent for never.</param>
/// <param name="EndedAt">When it was resolved or voided; absent before.</param>
/// <param name="Version">Log index of its last change; also the ETag.</param>
/// <param name="Receipt">Only in the answer to a change.</param>
public sealed record MarketResponse(
    string MarketId,
    string EventId,
    string Kind,
    string Status,
    string Collateral,
    string TickSize,
    string LotSize,
    int PriceScale,
    int QtyScale,
    IReadOnlyList<OutcomeResponse> Outcomes,
    string OpenInterest,
    string CollateralLocked,
    bool Settling,
    long OrdersCanceled,
    long AccountsPaid,
    string Dust,
    string? ClosesAt,
    string? EndedAt,
    long Version,
    Receipt? Receipt);
