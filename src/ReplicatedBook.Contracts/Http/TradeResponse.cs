namespace ReplicatedBook.Contracts.Http;

/// <summary>A public trade.</summary>
/// <param name="TradeId">Its id, digits.</param>
/// <param name="Price">The maker's limit.</param>
/// <param name="Quantity">Base quantity.</param>
/// <param name="TakerSide">buy or sell.</param>
/// <param name="Index">Log index.</param>
/// <param name="Time">Cluster time.</param>
/// <param name="Voided">Whether it was undone later.</param>
public sealed record TradeResponse(
    string TradeId, string Price, string Quantity, string TakerSide, long Index, string Time, bool Voided);
