using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Makes an asset known.</summary>
/// <param name="Symbol">1 to 32 characters of A-Za-z0-9._-; unique.</param>
/// <param name="Scale">Digits after the point, 0 to 12.</param>
public readonly record struct CreateAsset(
    string Symbol,
    int Scale);
