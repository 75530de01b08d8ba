namespace ReplicatedBook.Contracts.Http;

/// <summary>An order as it stands at one index.</summary>
/// <param name="OrderId">Its id, digits.</param>
/// <param name="ClientOrderId">As given; absent when none was.</param>
/// <param name="AccountId">Its owner.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="Side">buy or sell.</param>
/// <param name="Type">limit or market.</param>
/// <param name="Price">Its limit; absent for market orders.</param>
/// <param name="Quantity">Total, what is filled included.</param>
/// <param name="FilledQuantity">Traded so far.</param>
/// <param name="RemainingQuantity">Still resting; zero unless it is open.</param>
/// <param name="AveragePrice">Mean of its trades by quantity, rounded half to even to the price scale; absent without
/// a trade.</param>
/// <param name="Status">open, filled, canceled or expired.</param>
/// <param name="Reason">Why it is neither open nor filled; absent otherwise.</param>
/// <param name="TimeInForce">gtc, ioc or fok.</param>
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
    string UpdatedAt);
