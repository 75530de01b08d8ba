namespace ReplicatedBook.Matching.Values;

/// <summary>Decimal odds: what a backer gets in all for one unit of stake if the runner wins.</summary>
/// <param name="Hundredths">A hundred times the odds; on the ladder 101 to 100,000.</param>
public readonly record struct Odds(int Hundredths);
