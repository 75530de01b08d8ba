namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/instruments.</summary>
public sealed record ListInstrumentRequest
{
    /// <summary>1 to 64 characters of A-Za-z0-9._:-; unique.</summary>
    public required string Symbol { get; init; }

    /// <summary>spot.</summary>
    public required string Type { get; init; }

    /// <summary>Symbol of the asset that is bought and sold.</summary>
    public required string Base { get; init; }

    /// <summary>Symbol of the asset that is paid.</summary>
    public required string Quote { get; init; }

    /// <summary>Quote per base; its digits after the point are the price scale.</summary>
    public required string TickSize { get; init; }

    /// <summary>Base; its digits after the point are the quantity scale.</summary>
    public required string LotSize { get; init; }

    /// <summary>Least value of a limit order and least budget of a market order, in quote. Absent or zero for
    /// none.</summary>
    public string? MinNotional { get; init; }

    /// <summary>Largest quantity of an order, a multiple of the lot size. Absent or zero for none.</summary>
    public string? MaxQuantity { get; init; }

    /// <summary>Furthest distance of a limit from the last price, in percent of that, up to 10000 with two digits after
    /// the point; market orders trade no further. Absent or zero for none.</summary>
    public string? PriceBandPct { get; init; }

    /// <summary>Hundredths of a percent; negative is a rebate, down to minus the taker fee.</summary>
    public required int MakerFeeBps { get; init; }

    /// <summary>Hundredths of a percent, 0 to 10,000.</summary>
    public required int TakerFeeBps { get; init; }
}
