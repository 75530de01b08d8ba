using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An asset was created.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Scale">Digits after the point.</param>
public readonly record struct AssetChanged(
    AssetId Asset,
    int Scale);
