namespace ReplicatedBook.Matching.Commands;

/// <summary>What an instrument demands of orders beyond ticks and lots. 0 demands nothing.</summary>
/// <param name="MinNotional">Least worth of a limit order, or least budget of a market order, in units of the quote
/// asset.</param>
/// <param name="MaxQuantity">Most lots of one order.</param>
/// <param name="PriceBandBps">Furthest distance of a limit from the last trade's price, in hundredths of a percent of
/// it; market orders trade no further. 1 to <see cref="MaxPriceBandBps"/>. Nothing is demanded before the first
/// trade.</param>
public readonly record struct OrderRules(long MinNotional, long MaxQuantity, int PriceBandBps)
{
    /// <summary>Widest band: a hundred times the price.</summary>
    public const int MaxPriceBandBps = 1_000_000;

    /// <summary>In <see cref="UpdateInstrument"/>: this value stays as it is.</summary>
    public const int Unchanged = -1;

    /// <summary>Whether every value is in its range.</summary>
    internal bool AreValid => MinNotional >= 0 && MaxQuantity >= 0 && PriceBandBps is >= 0 and <= MaxPriceBandBps;

    /// <summary>These rules, with those of an instrument where a value is <see cref="Unchanged"/>.</summary>
    internal OrderRules Over(OrderRules present) => new(
        MinNotional == Unchanged ? present.MinNotional : MinNotional,
        MaxQuantity == Unchanged ? present.MaxQuantity : MaxQuantity,
        PriceBandBps == Unchanged ? present.PriceBandBps : PriceBandBps);
}
