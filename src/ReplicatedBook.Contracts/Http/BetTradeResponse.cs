namespace ReplicatedBook.Contracts.Http;

/// <summary>A trade of two bets. Amounts are of the market's currency.</summary>
/// <param name="TradeId">Its id, digits; bets' trades have a sequence of their own.</param>
/// <param name="Price">The maker's odds.</param>
/// <param name="Implied">Whether the two bets were on different runners; then the taker got the exact inverse of the
/// odds.</param>
/// <param name="MakerInstrument">Runner of the resting bet.</param>
/// <param name="MakerSide">back or lay.</param>
/// <param name="MakerQuantity">Stake of it that was matched.</param>
/// <param name="MakerAmount">What its owner paid into the pot.</param>
/// <param name="TakerInstrument">Runner of the bet that came.</param>
/// <param name="TakerSide">back or lay.</param>
/// <param name="TakerQuantity">Stake of it that was matched.</param>
/// <param name="TakerAmount">What its owner paid into the pot.</param>
/// <param name="Index">Log index.</param>
/// <param name="Time">Cluster time.</param>
/// <param name="Voided">Whether it was undone later.</param>
public sealed record BetTradeResponse(
    string TradeId,
    string Price,
    bool Implied,
    string MakerInstrument,
    string MakerSide,
    string MakerQuantity,
    string MakerAmount,
    string TakerInstrument,
    string TakerSide,
    string TakerQuantity,
    string TakerAmount,
    long Index,
    string Time,
    bool Voided);
