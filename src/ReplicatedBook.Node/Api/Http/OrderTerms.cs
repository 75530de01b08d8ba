using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>An order whose texts were understood, but whose numbers are not yet ticks and lots.</summary>
/// <param name="Account">0 when none was named.</param>
/// <param name="ClientOrderId">Empty when none was given.</param>
/// <param name="Symbol">As given.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">Limit or market.</param>
/// <param name="Price">Null for market orders.</param>
/// <param name="Quantity">As given.</param>
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
    string Quantity,
    TimeInForce TimeInForce,
    bool IsPostOnly,
    SelfTradePrevention SelfTradePrevention);
