namespace ReplicatedBook.Contracts.Http;

/// <summary>An order as it stands at one index. Of a bet the prices are odds and the quantities are
/// stakes.</summary>
/// <param name="OrderId">Its id, digits.</param>
/// <param name="ClientOrderId">As given; absent when none was.</param>
/// <param name="AccountId">Its owner.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="Side">buy or sell; of a bet back or lay.</param>
/// <param name="Type">limit, market, stop or stop_limit.</param>
/// <param name="Price">Its limit; absent for market and stop orders.</param>
/// <param name="Quantity">Total, what is filled included.</param>
/// <param name="FilledQuantity">Traded so far.</param>
/// <param name="RemainingQuantity">May still trade; zero unless it is open or pending.</param>
/// <param name="AveragePrice">Mean of its trades by quantity, rounded half to even to the price scale; absent without
/// a trade.</param>
/// <param name="Status">open, filled, canceled, expired, pending: a stop order that no trade has triggered or a bet
/// that waits for the delay, or voided: a bet all of whose trades are.</param>
/// <param name="Reason">Why it is canceled or expired; absent otherwise.</param>
/// <param name="TimeInForce">gtc, ioc, fok or gtd.</param>
/// <param name="PostOnly">As given.</param>
/// <param name="Stp">As given.</param>
/// <param name="Reserved">Held for it now: quote asset for a buy, base asset for a sell, currency for a bet.</param>
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
    /// <summary>Its limit as it stands in the book: in a market of two outcomes that is the first one's, where one of
    /// the second stands at one less its price; for outcomes only, absent where there is no price.</summary>
    public string? CanonicalPrice { get; init; }

    /// <summary>Its side there: in a market of two outcomes one of the second stands on the other; for outcomes
    /// only.</summary>
    public string? CanonicalSide { get; init; }

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

    /// <summary>lapse or persist; absent for all but bets.</summary>
    public string? Persistence { get; init; }

    /// <summary>A bet's stake whose trades are void; absent for none.</summary>
    public string? VoidedQuantity { get; init; }

    /// <summary>Least stake that a fok bet matches; absent for all of it.</summary>
    public string? MinFillQuantity { get; init; }

    /// <summary>When a bet that waits for the delay, or did so, reaches the book; absent for others.</summary>
    public string? DueAt { get; init; }
}
