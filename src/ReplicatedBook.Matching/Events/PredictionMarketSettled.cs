using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>All orders of a closed, resolved, voided or deleted market are cancelled, and whoever had to be paid was
/// paid.</summary>
/// <param name="Market">Which.</param>
/// <param name="Dust">Units of the collateral that could not be shared out; the market keeps them.</param>
public readonly record struct PredictionMarketSettled(PredictionMarketId Market, Amount Dust);
