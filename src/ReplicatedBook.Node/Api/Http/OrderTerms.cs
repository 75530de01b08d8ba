using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>An order whose texts were understood, but whose numbers are not yet ticks and lots.</summary>
/// <param name="Account">0 when none was named.</param>
/// <param name="ClientOrderId">Empty when none was given.</param>
/// <param name="Symbol">As given.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">As given.</param>
/// <param name="Price">Null for market and stop orders.</param>
/// <param name="Quantity">Null where a quote quantity stands in its place.</param>
/// <param name="TimeInForce">As given or by default.</param>
/// <param name="IsPostOnly">As given or false.</param>
/// <param name="SelfTradePrevention">As given or by default.</param>
internal sealed record OrderTerms(
    AccountId Account,
    ClientOrderId ClientOrderId,
    string Symbol,
    Side Side,
    OrderType Type,
    string? Price,
    string? Quantity,
    TimeInForce TimeInForce,
    bool IsPostOnly,
    SelfTradePrevention SelfTradePrevention)
{
    /// <summary>Null when none was given; for market and stop orders only.</summary>
    public string? ProtectionPrice { get; init; }

    /// <summary>Null unless it is a stop order.</summary>
    public string? StopPrice { get; init; }

    /// <summary>Null when none was given.</summary>
    public string? QuoteQuantity { get; init; }

    /// <summary>Null when none was given.</summary>
    public string? DisplayQuantity { get; init; }

    /// <summary>0 unless it is good til date.</summary>
    public Timestamp ExpiresAt { get; init; }
}
