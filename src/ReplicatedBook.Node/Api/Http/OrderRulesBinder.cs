using ReplicatedBook.Contracts;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Turns what an instrument is to demand of orders into units, lots and hundredths of a percent.</summary>
internal static class OrderRulesBinder
{
    /// <summary>Digits after the point of a price band in percent.</summary>
    public const int PercentScale = 2;

    /// <summary>Reads the rules.</summary>
    /// <param name="texts">As given; null for what was not.</param>
    /// <param name="absent">What a rule is that was not given.</param>
    /// <param name="quote">What is paid.</param>
    /// <param name="lotSize">Step of quantities.</param>
    /// <param name="rules">The rules, when they were understood.</param>
    /// <returns>All that is wrong; null when nothing is.</returns>
    public static ApiProblem? ToRules(
        OrderRuleTexts texts, int absent, AssetView quote, DecimalSize lotSize, out OrderRules rules)
    {
        var defects = new Defects();
        var (minNotional, maxQuantity, priceBand) = ((long)absent, (long)absent, absent);
        if (texts.MinNotional is { } least)
        {
            minNotional = Steps(
                least, 1, quote.Scale, long.MaxValue, "min_notional",
                $"must fit 64 bits with at most {quote.Scale} digits after the point", defects);
        }

        if (texts.MaxQuantity is { } most)
        {
            maxQuantity = Steps(
                most, lotSize.Mantissa, lotSize.Scale, long.MaxValue, "max_quantity",
                "must be a multiple of the lot size that fits 64 bits", defects);
        }

        if (texts.PriceBandPct is { } band)
        {
            priceBand = (int)Steps(
                band, 1, PercentScale, OrderRules.MaxPriceBandBps, "price_band_pct",
                "must be 0 to 10000 with at most 2 digits after the point", defects);
        }

        rules = new OrderRules(minNotional, maxQuantity, priceBand);
        return defects.ToProblem();
    }

    private static long Steps(
        string text, long stepMantissa, int stepScale, long most, string field, string demand, Defects defects)
    {
        if (DecimalText.TryParse(text, out var mantissa, out var scale)
            && DecimalText.ToSteps(mantissa, scale, stepMantissa, stepScale) is { } steps && steps <= most)
        {
            return (long)steps;
        }

        defects.Invalid(field, $"{field} {demand}");
        return 0;
    }
}
