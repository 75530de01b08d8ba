using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Says once and for ever what each outcome pays: cancels all orders and pays every holder.</summary>
/// <param name="Market">Which.</param>
/// <param name="Winner">Id of the outcome that is paid in full; empty where <paramref name="Payouts"/> are
/// given.</param>
/// <param name="Payouts">By outcome, the numerator of the part of a unit that a share pays; the denominator is their
/// sum, 1 to 10^12. Empty where a winner is given.</param>
/// <param name="ExpectedVersion">Refused if the market has changed since; 0 for any.</param>
public readonly record struct ResolvePredictionMarket(
    PredictionMarketId Market,
    string Winner,
    IReadOnlyList<long> Payouts,
    long ExpectedVersion)
{
    /// <summary>Largest sum of payouts.</summary>
    public const long MaxDenominator = 1_000_000_000_000;
}
