namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/events: an event, its market, and an instrument per outcome.</summary>
public sealed record CreateEventRequest
{
    /// <summary>1 to 40 characters of A-Za-z0-9._-; unique for ever. Absent for one that is made up.</summary>
    public string? EventId { get; init; }

    /// <summary>For people; 1 to 256 bytes without control characters.</summary>
    public required string Title { get; init; }

    /// <summary>For people; at most 2,048 bytes, of control characters line feeds only.</summary>
    public string? Description { get; init; }

    /// <summary>To find it by; at most 64 bytes.</summary>
    public string? Category { get; init; }

    /// <summary>Symbol of the asset that shares are paid in: one unit for a share of the outcome that comes
    /// true.</summary>
    public required string Collateral { get; init; }

    /// <summary>2 to 256. With two, an order on the second stands in the book of the first, on the other side at one
    /// less its price.</summary>
    public required IReadOnlyList<EventOutcome> Outcomes { get; init; }

    /// <summary>Step of prices, of which one is a whole number; its digits after the point are the price
    /// scale.</summary>
    public required string TickSize { get; init; }

    /// <summary>Least quantity of shares and step of quantities: 1, 0.1, 0.01 and so on. Absent for 1.</summary>
    public string? LotSize { get; init; }

    /// <summary>Hundredths of a percent, 0 to 10,000. Absent for none.</summary>
    public int? MakerFeeBps { get; init; }

    /// <summary>Hundredths of a percent, 0 to 10,000. Absent for none.</summary>
    public int? TakerFeeBps { get; init; }

    /// <summary>When the market closes by itself, in cluster time; absent for never.</summary>
    public string? ClosesAt { get; init; }

    /// <summary>active, or pending: it takes no orders until it is made active. Absent for active.</summary>
    public string? Status { get; init; }
}
