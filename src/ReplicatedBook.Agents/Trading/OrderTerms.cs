namespace ReplicatedBook.Agents.Trading;

/// <summary>What an agent orders.</summary>
/// <param name="Side">buy or sell.</param>
/// <param name="Price">Limit, a multiple of the tick; null for a market order.</param>
/// <param name="Quantity">A multiple of the lot.</param>
/// <param name="TimeInForce">gtc, ioc or fok; null for the exchange's default.</param>
/// <param name="IsPostOnly">Refused if it would match at once.</param>
public sealed record OrderTerms(string Side, decimal? Price, decimal Quantity, string? TimeInForce, bool IsPostOnly)
{
    /// <summary>The side of bids.</summary>
    public const string Buy = "buy";

    /// <summary>The side of asks.</summary>
    public const string Sell = "sell";

    /// <summary>A quote: it rests or is refused.</summary>
    public static OrderTerms Quote(string side, decimal price, decimal quantity) =>
        new(side, price, quantity, null, true);
}
