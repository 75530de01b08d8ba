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
    string TradeId, string Price, string Quantity, string Liquidity, string Fee, string FeeAsset, string MakerOrderId)
{
    /// <summary>Of a bet: the layer's side of the matched stake, exactly; the odds it got are 1 + liability /
    /// quantity, and <see cref="Price"/> is that, rounded half to even.</summary>
    public string? Liability { get; init; }

    /// <summary>Of a bet: whether it met one on the other runner; absent for no.</summary>
    public bool? Implied { get; init; }

    /// <summary>Of a bet: whether the trade was undone later; absent for no.</summary>
    public bool? Voided { get; init; }
}
