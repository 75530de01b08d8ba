namespace ReplicatedBook.Contracts.Http;

/// <summary>What an order would trade at one price.</summary>
/// <param name="Price">The price.</param>
/// <param name="Quantity">Base quantity.</param>
/// <param name="Fee">The order's own fee; negative is a rebate.</param>
/// <param name="FeeAsset">Symbol of the fee's asset.</param>
public sealed record PreviewFillResponse(string Price, string Quantity, string Fee, string FeeAsset)
{
    /// <summary>Of a bet: the layers' side of what it would match; absent for orders.</summary>
    public string? Liability { get; init; }

    /// <summary>Of a bet: true where it would meet bets on the other runner; absent otherwise.</summary>
    public bool? Implied { get; init; }
}
