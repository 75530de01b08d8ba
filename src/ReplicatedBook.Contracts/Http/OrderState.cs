namespace ReplicatedBook.Contracts.Http;

/// <summary>An order as it stands at one index.</summary>
/// <param name="OrderId">Its id, digits.</param>
/// <param name="ClientOrderId">As given; absent when none was.</param>
/// <param name="AccountId">Its owner.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="Side">buy or sell.</param>
/// <param name="Type">limit, market, stop or stop_limit.</param>
/// <param name="Price">Its limit; absent for market and stop orders.</param>
/// <param name="Quantity">Total, what is filled included.</param>
/// <param name="FilledQuantity">Traded so far.</param>
/// <param name="RemainingQuantity">May still trade; zero unless it is open or pending.</param>
/// <param name="AveragePrice">Mean of its trades by quantity, rounded half to even to the price scale; absent without
/// a trade.</param>
/// <param name="Status">open, filled, canceled, expired, or pending: a stop order that no trade has triggered.</param>
/// <param name="Reason">Why it is canceled or expired; absent otherwise.</param>
/// <param name="TimeInForce">gtc, ioc, fok or gtd.</param>
/// <param name="PostOnly">As given.</param>
/// <param name="Stp">As given.</param>
/// <param name="Reserved">Held for it now: quote asset for a buy, base asset for a sell.</param>
/// <param name="CreatedIndex">Log index that accepted it.</param>
/// <param name="UpdatedIndex">Log index of its last change.</param>
/// <param name="CreatedAt">Cluster time.</param>
/// <param name="UpdatedAt">Cluster time.</param>
public sealed record OrderState(
    string OrderId,
    string? ClientOrderId,
    string AccountId,
    string Instrument,
    string Side,
    string Type,
    string? Price,
    string Quantity,
    string FilledQuantity,
    string RemainingQuantity,
    string? AveragePrice,
    string Status,
    string? Reason,
    string TimeInForce,
    bool PostOnly,
    string Stp,
    string Reserved,
    long CreatedIndex,
    long UpdatedIndex,
    string CreatedAt,
    string UpdatedAt)
{
    /// <summary>Worst price of a market or stop order; absent when none was given.</summary>
    public string? ProtectionPrice { get; init; }

    /// <summary>What triggers a stop order; absent for others.</summary>
    public string? StopPrice { get; init; }

    /// <summary>What a market or stop order may spend in place of a quantity; absent for others.</summary>
    public string? QuoteQuantity { get; init; }

    /// <summary>An iceberg's peak; absent for others.</summary>
    public string? DisplayQuantity { get; init; }

    /// <summary>When a gtd order ends; absent for others.</summary>
    public string? ExpiresAt { get; init; }
}
