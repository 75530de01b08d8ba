using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>How ticks, lots and units of one instrument stand to the decimals of the HTTP interface.</summary>
/// <param name="Tick">Step of prices.</param>
/// <param name="Lot">Step of quantities.</param>
/// <param name="MoneyScale">Digits after the point of amounts.</param>
internal sealed record UnitTerms(DecimalSize Tick, DecimalSize Lot, int MoneyScale)
{
    /// <summary>Where it does not matter, for what is asked is refused whatever it says.</summary>
    public static UnitTerms Any { get; } = new(new DecimalSize(1, 0), new DecimalSize(1, 0), 0);

    public static UnitTerms Of(InstrumentTerms terms) => new(terms.TickSize, terms.LotSize, terms.Quote.Scale);

    /// <summary>Of bets: prices are hundredths of odds, a lot is a unit of the currency.</summary>
    public static UnitTerms Of(BettingTerms terms) => new(
        new DecimalSize(1, BettingTerms.OddsScale), new DecimalSize(1, terms.Currency.Scale), terms.Currency.Scale);

    /// <summary>Null for 0, which means that none was given.</summary>
    public string? Price(long ticks) => ticks == 0 ? null : Text(ticks, Tick);

    /// <summary>Null for 0, which means that none was given.</summary>
    public string? Quantity(long lots) => lots == 0 ? null : Text(lots, Lot);

    /// <summary>Null for 0, which means that none was given.</summary>
    public string? Money(long units) => units == 0 ? null : DecimalText.Format(units, MoneyScale);

    /// <summary>0 for none.</summary>
    public long Ticks(string? price) => Steps(price, Tick);

    /// <summary>0 for none.</summary>
    public long Lots(string? quantity) => Steps(quantity, Lot);

    /// <summary>0 for none.</summary>
    public long Units(string? amount) => Units(amount, MoneyScale);

    /// <summary>An amount of any asset in its units; 0 for none.</summary>
    public static long Units(string? amount, int scale) => Steps(amount, new DecimalSize(1, scale));

    private static string Text(long steps, DecimalSize size) =>
        DecimalText.Format((Int128)steps * size.Mantissa, size.Scale);

    /// <summary>What an answer says is a whole number of steps, for it was made of one.</summary>
    private static long Steps(string? text, DecimalSize size)
    {
        if (text is null)
        {
            return 0;
        }

        var isNegative = text.StartsWith('-');
        return DecimalText.TryParse(text.AsSpan(isNegative ? 1 : 0), out var mantissa, out var scale)
            && DecimalText.ToSteps(mantissa, scale, size.Mantissa, size.Scale) is { } steps
            ? (long)(isNegative ? -steps : steps)
            : throw new FormatException($"{text} is no whole number of {size.Mantissa}e-{size.Scale}");
    }
}
