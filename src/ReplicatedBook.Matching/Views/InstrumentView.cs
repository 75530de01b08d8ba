using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>An instrument as readers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Symbol">Its name.</param>
/// <param name="Base">What is bought and sold.</param>
/// <param name="Quote">What is paid.</param>
/// <param name="TickSize">Quote per base.</param>
/// <param name="LotSize">In base.</param>
/// <param name="MakerFeeBps">Maker fee now.</param>
/// <param name="TakerFeeBps">Taker fee now.</param>
/// <param name="Status">Status now.</param>
/// <param name="LastPrice">Price of the last trade; null before the first.</param>
/// <param name="Version">Log index of the last change of fees, rules or status.</param>
public sealed record InstrumentView(
    InstrumentId Id,
    string Symbol,
    AssetView Base,
    AssetView Quote,
    DecimalSize TickSize,
    DecimalSize LotSize,
    int MakerFeeBps,
    int TakerFeeBps,
    InstrumentStatus Status,
    Price? LastPrice,
    long Version)
{
    /// <summary>What it demands of orders now.</summary>
    public OrderRules Rules { get; init; }

    /// <summary>The market whose outcome it trades; none for spot. Not in the results of commands.</summary>
    public PredictionMarketId PredictionMarket { get; init; }

    /// <summary>The outcome's place in its market, from 0.</summary>
    public int Outcome { get; init; }

    /// <summary>What a share is paid if the outcome comes true, in ticks; 0 for spot.</summary>
    public long PayoutTicks { get; init; }

    /// <summary>Whether its orders stand in the book of its market's first outcome, on the other side.</summary>
    public bool IsMirror => PayoutTicks != 0 && Canonical != Id;

    /// <summary>In whose book its orders stand; itself but for a mirror. None in the results of commands.</summary>
    public InstrumentId Canonical { get; init; }

    /// <summary>A price of this instrument as it stands in the book.</summary>
    public Price CanonicalPriceOf(Price price) =>
        IsMirror && price.Ticks != 0 ? new Price(PayoutTicks - price.Ticks) : price;

    /// <summary>A side of this instrument as it stands in the book.</summary>
    public Side CanonicalSideOf(Side side) => !IsMirror ? side : side == Side.Buy ? Side.Sell : Side.Buy;
}
