using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>What an order would trade at one price.</summary>
/// <param name="Price">The price.</param>
/// <param name="Quantity">Lots.</param>
/// <param name="Fee">The order's own fee in quote units; negative is a rebate.</param>
public readonly record struct PreviewFill(Price Price, Quantity Quantity, Amount Fee);
