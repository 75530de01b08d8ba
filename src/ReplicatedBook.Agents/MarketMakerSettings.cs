namespace ReplicatedBook.Agents;

/// <summary>How a <see cref="MarketMaker"/> quotes.</summary>
/// <param name="Mid">Price around which it quotes, in units of the quote asset; positive.</param>
/// <param name="Spread">From <paramref name="Mid"/> to each quote, in the same units; positive. Quotes lie on the tick
/// that is not nearer to the middle.</param>
/// <param name="Quantity">Of each quote; a multiple of the lot.</param>
/// <param name="Interval">From one refresh to the next.</param>
public sealed record MarketMakerSettings(decimal Mid, decimal Spread, decimal Quantity, TimeSpan Interval);
