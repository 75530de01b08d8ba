using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>Two orders traded, at the resting order's price.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Instrument">What was traded.</param>
/// <param name="Price">The maker's limit.</param>
/// <param name="Quantity">Lots.</param>
/// <param name="TakerSide">The aggressor's side.</param>
/// <param name="MakerOrder">The resting order.</param>
/// <param name="TakerOrder">The aggressor.</param>
/// <param name="MakerAccount">Owner of the resting order.</param>
/// <param name="TakerAccount">Owner of the aggressor.</param>
/// <param name="MakerFee">In quote units; negative is a rebate.</param>
/// <param name="TakerFee">In quote units.</param>
/// <param name="MakerRemaining">Lots the resting order has left.</param>
public readonly record struct Trade(
    TradeId Id,
    InstrumentId Instrument,
    Price Price,
    Quantity Quantity,
    Side TakerSide,
    OrderId MakerOrder,
    OrderId TakerOrder,
    AccountId MakerAccount,
    AccountId TakerAccount,
    Amount MakerFee,
    Amount TakerFee,
    Quantity MakerRemaining);
