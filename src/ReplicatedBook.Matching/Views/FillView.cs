using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>One trade as one of its two orders sees it.</summary>
/// <param name="Trade">The trade.</param>
/// <param name="Price">The maker's limit.</param>
/// <param name="Quantity">Lots.</param>
/// <param name="IsTaker">Whether this order was the aggressor.</param>
/// <param name="Fee">This side's fee in quote units; negative is a rebate.</param>
/// <param name="MakerOrder">The resting order.</param>
public sealed record FillView(
    TradeId Trade,
    Price Price,
    Quantity Quantity,
    bool IsTaker,
    Amount Fee,
    OrderId MakerOrder);
