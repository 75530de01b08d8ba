namespace ReplicatedBook.Contracts.Http;

/// <summary>An asset.</summary>
/// <param name="Asset">Its symbol.</param>
/// <param name="Scale">Digits after the point.</param>
/// <param name="Receipt">Only in the answer to the request that created it.</param>
public sealed record AssetResponse(string Asset, int Scale, Receipt? Receipt);
