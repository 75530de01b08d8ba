namespace ReplicatedBook.Agents;

/// <summary>How an <see cref="InformedTrader"/> trades.</summary>
/// <param name="Mid">Its true price before the first step, in units of the quote asset; positive.</param>
/// <param name="Walk">Furthest that its true price goes in one step, in the same units; at least a tick.</param>
/// <param name="Margin">How far off the book must be, in the same units; 0 or more.</param>
/// <param name="Quantity">Of each order; a multiple of the lot.</param>
/// <param name="Interval">From one step to the next.</param>
/// <param name="Seed">Of the walk.</param>
public sealed record InformedSettings(
    decimal Mid, decimal Walk, decimal Margin, decimal Quantity, TimeSpan Interval, int Seed);
