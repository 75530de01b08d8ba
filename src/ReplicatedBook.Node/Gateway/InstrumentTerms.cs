using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api;

namespace ReplicatedBook.Node.Gateway;

/// <summary>What never changes of an instrument: how its numbers are read and written.</summary>
internal sealed class InstrumentTerms(InstrumentView view)
{
    private readonly InstrumentView _view = view;

    public InstrumentId Id { get; } = view.Id;

    public string Symbol { get; } = view.Symbol;

    public AssetView Base { get; } = view.Base;

    public AssetView Quote { get; } = view.Quote;

    public DecimalSize TickSize { get; } = view.TickSize;

    public DecimalSize LotSize { get; } = view.LotSize;

    /// <summary>The outcome that it trades; null for spot.</summary>
    public OutcomeSymbol? Outcome { get; } = OutcomeSymbol.OfAsset(view.Base.Symbol);

    /// <summary>Its outcome's market; none for spot.</summary>
    public PredictionMarketId Market { get; } = view.PredictionMarket;

    /// <summary>In whose book its orders stand. What the listing of an instrument answers does not say it: such a one
    /// has a book of its own.</summary>
    public InstrumentId Canonical { get; } = view.Canonical.Value == 0 ? view.Id : view.Canonical;

    /// <summary>A price as it stands in the book.</summary>
    public Price CanonicalPriceOf(Price price) => _view.CanonicalPriceOf(price);

    /// <summary>A side as it stands in the book.</summary>
    public Side CanonicalSideOf(Side side) => _view.CanonicalSideOf(side);

    public string Format(Price price) =>
        DecimalText.Format((Int128)price.Ticks * TickSize.Mantissa, TickSize.Scale);

    public string Format(Quantity quantity) =>
        DecimalText.Format((Int128)quantity.Lots * LotSize.Mantissa, LotSize.Scale);

    /// <summary>What an order holds back: quote for a buy, base for a sell.</summary>
    public string FormatReserved(Side side, Amount amount) =>
        DecimalText.Format(amount.Units, side == Side.Buy ? Quote.Scale : Base.Scale);

    /// <summary>Mean price of so many lots, rounded half to even to the price scale; null without a trade.</summary>
    public string? FormatAverage(Int128 ticksTimesLots, Quantity filled) =>
        filled.Lots == 0 ? null : FormatMean(ticksTimesLots * TickSize.Mantissa, filled.Lots);

    /// <summary>What a share of an outcome cost, likewise; null without shares.</summary>
    public string? FormatAverage(Amount cost, Quantity shares) => shares.Lots == 0
        ? null
        : FormatMean((Int128)cost.Units * TickSize.Mantissa, (Int128)shares.Lots * UnitsOfTick);

    /// <summary>Half ticks, with one digit more than a price.</summary>
    public string FormatHalfTicks(long halfTicks) =>
        DecimalText.Format((Int128)halfTicks * TickSize.Mantissa * 5, TickSize.Scale + 1);

    /// <summary>Units of the collateral that one lot of an outcome's shares is worth at one tick; whole by what a
    /// market is created with.</summary>
    private long UnitsOfTick =>
        DecimalText.Ten(Quote.Scale) / (DecimalText.Ten(LotSize.Scale) * _view.PayoutTicks);

    private string FormatMean(Int128 sum, Int128 count)
    {
        var (mean, rest) = Int128.DivRem(sum, count);
        var doubled = rest * 2;
        if (doubled > count || (doubled == count && Int128.IsOddInteger(mean)))
        {
            mean++;
        }

        return DecimalText.Format(mean, TickSize.Scale);
    }
}
