namespace ReplicatedBook.Agents;

/// <summary>How a <see cref="Twap"/> spreads a total over time.</summary>
/// <param name="Side">buy or sell.</param>
/// <param name="OrderType">market, limit, ioc, fok or post_only: the last four with a limit.</param>
/// <param name="Price">Limit, a multiple of the tick; null for market orders, and for these only.</param>
/// <param name="Total">What is submitted in all; a multiple of the lot.</param>
/// <param name="Slices">Into how many orders the total is cut, 1 or more. Each is the total divided by this, rounded up
/// to the lot, and the last is what is left; so there may be fewer.</param>
/// <param name="Interval">From one slice to the next.</param>
/// <param name="Pause">After the last slice, until the first of the next cycle.</param>
public sealed record TwapSettings(
    string Side, string OrderType, decimal? Price, decimal Total, int Slices, TimeSpan Interval, TimeSpan Pause)
{
    /// <summary>The type that has no limit.</summary>
    public const string Market = "market";

    /// <summary>All order types.</summary>
    public static IReadOnlyList<string> OrderTypes { get; } = [Market, "limit", "ioc", "fok", "post_only"];
}
