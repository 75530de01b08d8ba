namespace ReplicatedBook.Matching.Markets.Prediction;

/// <summary>An image of all prediction markets and positions.</summary>
/// <param name="Markets">Copies, by id.</param>
/// <param name="Positions">By slot.</param>
/// <param name="Unfinished">Ids of those whose end is not over, in the order in which they began.</param>
internal sealed record FrozenMarkets(
    IReadOnlyList<PredictionMarket> Markets, Position[] Positions, IReadOnlyList<int> Unfinished);
