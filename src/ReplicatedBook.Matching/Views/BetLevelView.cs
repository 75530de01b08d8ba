using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>The bets resting at one odds.</summary>
/// <param name="Odds">The odds.</param>
/// <param name="Stake">Their unmatched stakes together.</param>
/// <param name="Bets">How many.</param>
public sealed record BetLevelView(Odds Odds, Amount Stake, int Bets);
