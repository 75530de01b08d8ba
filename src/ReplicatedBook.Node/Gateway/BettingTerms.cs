using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api;

namespace ReplicatedBook.Node.Gateway;

/// <summary>What never changes of a betting market: how its numbers are read and written.</summary>
internal sealed class BettingTerms(BettingMarketView view)
{
    /// <summary>Digits after the point of odds.</summary>
    public const int OddsScale = 2;

    public BettingMarketId Id { get; } = view.Id;

    public AssetView Currency { get; } = view.Currency;

    /// <summary>Stakes are multiples of this, in units of the currency.</summary>
    public Amount StakeStep { get; } = view.StakeStep;

    public string Format(Amount amount) => DecimalText.Format(amount.Units, Currency.Scale);

    public static string Format(Odds odds) => DecimalText.Format(odds.Hundredths, OddsScale);

    /// <summary>Odds of a matched stake, rounded half to even; null without any.</summary>
    /// <param name="stake">What was matched.</param>
    /// <param name="liability">The layers' side of it.</param>
    public static string? FormatOdds(Amount stake, Amount liability)
    {
        if (stake.Units == 0)
        {
            return null;
        }

        var (odds, rest) = Int128.DivRem(((Int128)stake.Units + liability.Units) * 100, stake.Units);
        var doubled = rest * 2;
        if (doubled > stake.Units || (doubled == stake.Units && Int128.IsOddInteger(odds)))
        {
            odds++;
        }

        return DecimalText.Format(odds, OddsScale);
    }
}
