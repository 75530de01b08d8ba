using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>What a bet would match at one maker's price. Amounts are units of the market's currency.</summary>
/// <param name="Odds">The makers' odds, on their runner.</param>
/// <param name="IsImplied">Whether that is the other runner of a market of two.</param>
/// <param name="Stake">Stake that the bet would match, in its own terms.</param>
/// <param name="Liability">The layers' side of that.</param>
public sealed record BetPreviewFill(Odds Odds, bool IsImplied, Amount Stake, Amount Liability);
