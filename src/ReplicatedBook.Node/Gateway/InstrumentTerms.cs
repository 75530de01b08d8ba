using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api;

namespace ReplicatedBook.Node.Gateway;

/// <summary>What never changes of an instrument: how its numbers are read and written.</summary>
internal sealed class InstrumentTerms(InstrumentView view)
{
    public InstrumentId Id { get; } = view.Id;

    public string Symbol { get; } = view.Symbol;

    public AssetView Base { get; } = view.Base;

    public AssetView Quote { get; } = view.Quote;

    public DecimalSize TickSize { get; } = view.TickSize;

    public DecimalSize LotSize { get; } = view.LotSize;

    public string Format(Price price) =>
        DecimalText.Format((Int128)price.Ticks * TickSize.Mantissa, TickSize.Scale);

    public string Format(Quantity quantity) =>
        DecimalText.Format((Int128)quantity.Lots * LotSize.Mantissa, LotSize.Scale);

    /// <summary>What an order holds back: quote for a buy, base for a sell.</summary>
    public string FormatReserved(Side side, Amount amount) =>
        DecimalText.Format(amount.Units, side == Side.Buy ? Quote.Scale : Base.Scale);

    /// <summary>Mean price of so many lots, rounded half to even to the price scale; null without a trade.</summary>
    public string? FormatAverage(Int128 ticksTimesLots, Quantity filled)
    {
        if (filled.Lots == 0)
        {
            return null;
        }

        var (mean, rest) = Int128.DivRem(ticksTimesLots * TickSize.Mantissa, filled.Lots);
        var doubled = rest * 2;
        if (doubled > filled.Lots || (doubled == filled.Lots && Int128.IsOddInteger(mean)))
        {
            mean++;
        }

        return DecimalText.Format(mean, TickSize.Scale);
    }
}
