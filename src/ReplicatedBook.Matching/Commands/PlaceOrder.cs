using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Offers to buy or sell.</summary>
/// <param name="Account">Who trades; 0 for the only account there is.</param>
/// <param name="ClientOrderId">Optional; a repeat with equal content gives the existing order.</param>
/// <param name="Instrument">What is traded.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">Limit or market.</param>
/// <param name="LimitPrice">Worst acceptable price; 0 for market orders.</param>
/// <param name="Quantity">Lots to trade; positive.</param>
/// <param name="TimeInForce">What becomes of the lots that do not match at once; market orders never rest.</param>
/// <param name="IsPostOnly">Refused if it would match at once.</param>
/// <param name="SelfTradePrevention">Against the account's own resting orders.</param>
public readonly record struct PlaceOrder(
    AccountId Account,
    ClientOrderId ClientOrderId,
    InstrumentId Instrument,
    Side Side,
    OrderType Type,
    Price LimitPrice,
    Quantity Quantity,
    TimeInForce TimeInForce,
    bool IsPostOnly,
    SelfTradePrevention SelfTradePrevention);
