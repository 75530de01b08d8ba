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

    /// <summary>buy or sell; back or lay makes it a bet: limit orders on a runner, whose price is odds of the ladder
    /// and whose quantity is the backer's stake.</summary>
    public required string Side { get; init; }

    /// <summary>limit, market, stop or stop_limit. The two last wait for a trade at or through their stop price, then
    /// they are as market and limit.</summary>
    public required string Type { get; init; }

    /// <summary>Worst acceptable price, a multiple of the tick size; for limit and stop_limit only.</summary>
    public string? Price { get; init; }

    /// <summary>Base quantity, a multiple of the lot size; absent only beside <see cref="QuoteQuantity"/>.</summary>
    public string? Quantity { get; init; }

    /// <summary>What a market or stop order to buy may spend, fees included, in place of a quantity; not with
    /// fok.</summary>
    public string? QuoteQuantity { get; init; }

    /// <summary>Worst price of a market or stop order, a multiple of the tick size; absent for any.</summary>
    public string? ProtectionPrice { get; init; }

    /// <summary>Price of the trade that triggers a stop or stop_limit order; for these only, and always.</summary>
    public string? StopPrice { get; init; }

    /// <summary>gtc (default), ioc (default of market orders), fok or gtd.</summary>
    public string? TimeInForce { get; init; }

    /// <summary>When a gtd order ends: RFC 3339, at most microseconds; for these only, and always.</summary>
    public string? ExpiresAt { get; init; }

    /// <summary>Refused if it would match at once; limit with gtc or gtd only. Default false.</summary>
    public bool? PostOnly { get; init; }

    /// <summary>Most that the book shows of the order at once, an iceberg's peak: at least a hundredth of the quantity;
    /// limit and stop_limit with gtc or gtd only.</summary>
    public string? DisplayQuantity { get; init; }

    /// <summary>cancel_taker (default), cancel_maker, cancel_both, decrement or none.</summary>
    public string? Stp { get; init; }

    /// <summary>lapse (default) or persist when the market goes in play; for bets only.</summary>
    public string? Persistence { get; init; }

    /// <summary>Refused if the market has another version; for bets only.</summary>
    public long? MarketVersion { get; init; }

    /// <summary>Least stake to match, the rest expires; for bets with fok only, which else match whole.</summary>
    public string? MinFillQuantity { get; init; }
}
