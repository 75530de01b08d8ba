using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Takes an event out before its first trade: all orders are cancelled, complete sets repaid; it is no longer
/// shown, and its id and symbols stay taken.</summary>
/// <param name="Market">Which.</param>
/// <param name="ExpectedVersion">Refused if the market has changed since; 0 for any.</param>
public readonly record struct DeletePredictionMarket(PredictionMarketId Market, long ExpectedVersion);
