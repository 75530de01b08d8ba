using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A trade as readers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Instrument">What was traded.</param>
/// <param name="Price">The maker's limit.</param>
/// <param name="Quantity">Lots.</param>
/// <param name="TakerSide">The aggressor's side.</param>
/// <param name="MakerOrder">The resting order.</param>
/// <param name="TakerOrder">The aggressor.</param>
/// <param name="MakerFee">In quote units.</param>
/// <param name="TakerFee">In quote units.</param>
/// <param name="Index">Log index.</param>
/// <param name="At">When.</param>
public sealed record TradeView(
    TradeId Id,
    InstrumentId Instrument,
    Price Price,
    Quantity Quantity,
    Side TakerSide,
    OrderId MakerOrder,
    OrderId TakerOrder,
    Amount MakerFee,
    Amount TakerFee,
    long Index,
    Timestamp At);
