using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A trade of two bets. Amounts are units of the market's currency.</summary>
/// <param name="Id">Its id among all trades of bets.</param>
/// <param name="Market">Where.</param>
/// <param name="MakerRunner">Of the resting bet.</param>
/// <param name="TakerRunner">Of the one that came.</param>
/// <param name="MakerSide">Of the resting bet.</param>
/// <param name="TakerSide">Of the one that came.</param>
/// <param name="Odds">The resting bet's.</param>
/// <param name="MakerStake">Stake matched of the resting bet.</param>
/// <param name="TakerStake">Stake matched of the one that came.</param>
/// <param name="MakerPart">What the maker paid into the pot.</param>
/// <param name="TakerPart">What the taker paid into the pot.</param>
/// <param name="MakerBet">The resting bet.</param>
/// <param name="TakerBet">The one that came.</param>
/// <param name="IsVoided">Whether it is void.</param>
/// <param name="Index">Log index that made it.</param>
/// <param name="At">When.</param>
public sealed record BetTradeView(
    TradeId Id,
    BettingMarketId Market,
    RunnerId MakerRunner,
    RunnerId TakerRunner,
    BetSide MakerSide,
    BetSide TakerSide,
    Odds Odds,
    Amount MakerStake,
    Amount TakerStake,
    Amount MakerPart,
    Amount TakerPart,
    OrderId MakerBet,
    OrderId TakerBet,
    bool IsVoided,
    long Index,
    Timestamp At);
