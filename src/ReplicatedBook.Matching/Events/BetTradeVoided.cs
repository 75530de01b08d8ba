using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A trade of bets is void; both sides got back what they had paid.</summary>
/// <param name="Trade">The trade.</param>
/// <param name="Market">Where.</param>
/// <param name="MakerAccount">Whose the resting bet was.</param>
/// <param name="TakerAccount">Whose the other was.</param>
/// <param name="MakerPart">What the maker got back.</param>
/// <param name="TakerPart">What the taker got back.</param>
public readonly record struct BetTradeVoided(
    TradeId Trade,
    BettingMarketId Market,
    AccountId MakerAccount,
    AccountId TakerAccount,
    Amount MakerPart,
    Amount TakerPart);
