using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>What a share of an outcome pays, said once for each when a market is resolved.</summary>
/// <param name="Market">Which.</param>
/// <param name="Outcome">Its place there, from 0.</param>
/// <param name="Numerator">Parts of a whole unit.</param>
/// <param name="Denominator">How many parts a unit has.</param>
public readonly record struct OutcomePayoutSet(
    PredictionMarketId Market,
    int Outcome,
    long Numerator,
    long Denominator);
