namespace ReplicatedBook.Contracts.Http;

/// <summary>One trade as one of its two orders sees it.</summary>
/// <param name="TradeId">Its id, digits.</param>
/// <param name="Price">The maker's limit.</param>
/// <param name="Quantity">Base quantity.</param>
/// <param name="Liquidity">maker or taker.</param>
/// <param name="Fee">This side's fee; negative is a rebate.</param>
/// <param name="FeeAsset">Symbol of the fee's asset.</param>
/// <param name="MakerOrderId">The resting order.</param>
public sealed record FillResponse(
    string TradeId, string Price, string Quantity, string Liquidity, string Fee, string FeeAsset, string MakerOrderId);
