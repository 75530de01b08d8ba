namespace ReplicatedBook.Agents;

/// <summary>How a <see cref="NoiseTrader"/> trades.</summary>
/// <param name="Mid">Middle of an empty book, in units of the quote asset; positive.</param>
/// <param name="Range">Furthest distance of a limit from the middle, in the same units; at least a tick.</param>
/// <param name="MaxQuantity">Largest order; a multiple of the lot.</param>
/// <param name="MaxOrders">Most orders that it leaves in the book, 1 or more; the oldest gives way.</param>
/// <param name="Interval">From one order to the next.</param>
/// <param name="Seed">Of all that it draws.</param>
public sealed record NoiseSettings(
    decimal Mid, decimal Range, decimal MaxQuantity, int MaxOrders, TimeSpan Interval, int Seed);
