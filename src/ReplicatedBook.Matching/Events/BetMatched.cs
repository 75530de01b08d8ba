using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>Two bets met, at the maker's odds. On different runners of a market of two the taker gets their exact
/// inverse, odds/(odds - 1), which need not be on the ladder.</summary>
/// <param name="Trade">Its id among all trades of bets.</param>
/// <param name="Market">Where.</param>
/// <param name="MakerBet">The resting bet.</param>
/// <param name="TakerBet">The one that came.</param>
/// <param name="MakerAccount">Whose the resting one is.</param>
/// <param name="TakerAccount">Whose the other is.</param>
/// <param name="MakerRunner">Of the resting bet.</param>
/// <param name="TakerRunner">Of the other; another one when they met by implication.</param>
/// <param name="MakerSide">Of the resting bet.</param>
/// <param name="TakerSide">Of the other.</param>
/// <param name="Odds">The resting bet's.</param>
/// <param name="MakerStake">Stake matched of the resting bet.</param>
/// <param name="TakerStake">Stake matched of the other.</param>
/// <param name="MakerPart">What the maker paid into the pot; that of a back is its stake, of a lay its
/// liability.</param>
/// <param name="TakerPart">What the taker paid into the pot.</param>
/// <param name="MakerRemaining">Stake of the resting bet that is left unmatched.</param>
public readonly record struct BetMatched(
    TradeId Trade,
    BettingMarketId Market,
    OrderId MakerBet,
    OrderId TakerBet,
    AccountId MakerAccount,
    AccountId TakerAccount,
    RunnerId MakerRunner,
    RunnerId TakerRunner,
    BetSide MakerSide,
    BetSide TakerSide,
    Odds Odds,
    Amount MakerStake,
    Amount TakerStake,
    Amount MakerPart,
    Amount TakerPart,
    Amount MakerRemaining);
