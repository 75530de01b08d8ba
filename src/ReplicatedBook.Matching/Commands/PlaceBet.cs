using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Bets for or against a runner.</summary>
/// <param name="Account">Who bets; 0 for the only account there is.</param>
/// <param name="ClientOrderId">Optional, unique among the account's bets; a repeat with equal content gives the
/// existing bet.</param>
/// <param name="Market">Where.</param>
/// <param name="Runner">For or against whom.</param>
/// <param name="Side">For or against.</param>
/// <param name="Odds">On the ladder: the lowest acceptable for a back, the highest for a lay.</param>
/// <param name="Stake">The backer's stake, in units of the currency: positive, a multiple of the market's step.</param>
/// <param name="TimeInForce">What becomes of what does not match at once; not good-til-date.</param>
/// <param name="Persistence">What becomes of what is unmatched when the market goes in play.</param>
/// <param name="SelfTradePrevention">Against the account's own bets.</param>
/// <param name="MinFill">Fill-or-kill: least stake to match, the rest is canceled; 0 for all of it. 0 for all
/// others.</param>
/// <param name="MarketVersion">Refused unless it is the market's version; 0 for any.</param>
public readonly record struct PlaceBet(
    AccountId Account,
    ClientOrderId ClientOrderId,
    BettingMarketId Market,
    RunnerId Runner,
    BetSide Side,
    Odds Odds,
    Amount Stake,
    TimeInForce TimeInForce,
    Persistence Persistence,
    SelfTradePrevention SelfTradePrevention,
    Amount MinFill,
    long MarketVersion)
{
    /// <summary>The session of orders it is placed in, at whose end it is canceled; 0 for none. Of a bet in a batch the
    /// batch's counts.</summary>
    public OrderSessionId Session { get; init; }
}
