using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>One price level.</summary>
/// <param name="Price">Its price.</param>
/// <param name="Quantity">Lots resting there.</param>
/// <param name="OrderCount">Orders resting there.</param>
public readonly record struct LevelView(
    Price Price,
    Quantity Quantity,
    int OrderCount);
