using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>One trade as one of its two bets sees it.</summary>
/// <param name="Trade">The trade.</param>
/// <param name="Stake">Stake of this bet that was matched.</param>
/// <param name="Liability">The layer's side of it: the odds it got are 1 + Liability / Stake, exactly.</param>
/// <param name="Odds">The maker's, on the maker's runner.</param>
/// <param name="IsTaker">Whether this bet was the one that came.</param>
/// <param name="IsImplied">Whether the two bets were on different runners.</param>
/// <param name="IsVoided">Whether the trade is void.</param>
/// <param name="MakerBet">The resting bet.</param>
public sealed record BetFillView(
    TradeId Trade,
    Amount Stake,
    Amount Liability,
    Odds Odds,
    bool IsTaker,
    bool IsImplied,
    bool IsVoided,
    OrderId MakerBet);
