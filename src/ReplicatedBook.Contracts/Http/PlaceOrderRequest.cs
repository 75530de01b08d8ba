namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/orders and one element of a batch (API.md 2.6).</summary>
/// <remarks>Decimals are texts of plain digits. Fields of features that a node has switched off are answered with
/// <c>feature_disabled</c>, never ignored.</remarks>
public sealed record PlaceOrderRequest
{
    /// <summary>Who trades; may be absent where there is only one account.</summary>
    public string? AccountId { get; init; }

    /// <summary>1 to 36 characters, unique per account; makes a repeat of the request safe.</summary>
    public string? ClientOrderId { get; init; }

    /// <summary>Symbol of what is traded.</summary>
    public required string Instrument { get; init; }

    /// <summary>buy or sell.</summary>
    public required string Side { get; init; }

    /// <summary>limit or market.</summary>
    public required string Type { get; init; }

    /// <summary>Worst acceptable price, a multiple of the tick size; for limit orders only.</summary>
    public string? Price { get; init; }

    /// <summary>Base quantity, a multiple of the lot size.</summary>
    public string? Quantity { get; init; }

    /// <summary>Feature: quote amount to spend instead of a quantity.</summary>
    public string? QuoteQuantity { get; init; }

    /// <summary>Feature: worst price of a market order.</summary>
    public string? ProtectionPrice { get; init; }

    /// <summary>Feature: price that triggers a stop order.</summary>
    public string? StopPrice { get; init; }

    /// <summary>gtc (default), ioc or fok.</summary>
    public string? TimeInForce { get; init; }

    /// <summary>Feature: end of a gtd order.</summary>
    public string? ExpiresAt { get; init; }

    /// <summary>Refused if it would match at once; limit and gtc only. Default false.</summary>
    public bool? PostOnly { get; init; }

    /// <summary>Feature: shown part of an iceberg order.</summary>
    public string? DisplayQuantity { get; init; }

    /// <summary>cancel_taker (default), cancel_maker, cancel_both, decrement or none.</summary>
    public string? Stp { get; init; }

    /// <summary>Feature: lapse or persist, for runners.</summary>
    public string? Persistence { get; init; }

    /// <summary>Feature: refuse if the market has changed since.</summary>
    public long? MarketVersion { get; init; }
}
