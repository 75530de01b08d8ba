using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Ends a market as if it had never counted. All orders are cancelled and complete sets repaid; what is left
/// of the collateral goes to the other shares in proportion to what they cost their holders, which is their cost
/// wherever the collateral has it.</summary>
/// <param name="Market">Which.</param>
/// <param name="ExpectedVersion">Refused if the market has changed since; 0 for any.</param>
public readonly record struct VoidPredictionMarket(PredictionMarketId Market, long ExpectedVersion);
