using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>An asset as readers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Symbol">Its name.</param>
/// <param name="Scale">Digits after the point.</param>
public sealed record AssetView(
    AssetId Id,
    string Symbol,
    int Scale);
