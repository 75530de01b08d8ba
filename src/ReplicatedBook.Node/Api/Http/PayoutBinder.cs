using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Payouts as decimals that add up to one, and as whole parts of one.</summary>
internal static class PayoutBinder
{
    /// <summary>The parts that each outcome is paid, in order of outcome; those left out are paid nothing.</summary>
    /// <param name="payouts">Decimals by outcome.</param>
    /// <param name="market">Whose outcomes they must be.</param>
    /// <param name="parts">As many as outcomes; their sum is a power of ten, and as small as the texts allow.</param>
    /// <returns>Null when all is well.</returns>
    public static ApiProblem? ToParts(
        IReadOnlyDictionary<string, string> payouts, MarketTerms market, out IReadOnlyList<long> parts)
    {
        var defects = new Defects();
        var numbers = new (Int128 Mantissa, int Scale)[market.Outcomes.Count];
        var scale = 0;
        foreach (var (outcome, text) in payouts)
        {
            var field = "payouts." + outcome;
            if (PlaceOf(outcome, market) is not { } place)
            {
                defects.Add(ProblemCodes.InvalidOutcome, "payouts", "the market has no such outcome");
            }
            else if (text is null || !DecimalText.TryParse(text, out var mantissa, out var digits))
            {
                defects.Invalid(field, $"{field} must be a decimal text from 0 to 1");
            }
            else
            {
                numbers[place] = Shortest(mantissa, digits);
                scale = Math.Max(scale, numbers[place].Scale);
            }
        }

        var sum = (Int128)0;
        var found = new long[numbers.Length];
        for (var i = 0; i < found.Length; i++)
        {
            var part = numbers[i].Mantissa * DecimalText.Ten(scale - numbers[i].Scale);
            sum += part;
            found[i] = (long)Int128.Min(part, long.MaxValue);
        }

        if (defects.Count == 0 && sum != DecimalText.Ten(scale))
        {
            defects.Add(ProblemCodes.InvalidOutcome, "payouts", "payouts must add up to 1");
        }

        parts = found;
        return defects.ToProblem();
    }

    /// <summary>A part of one, with as many digits as the denominator needs.</summary>
    public static string Format(long part, long denominator)
    {
        var scale = 0;
        while (scale < DecimalText.MaxScale && DecimalText.Ten(scale) % denominator != 0)
        {
            scale++;
        }

        return DecimalText.Format((Int128)part * DecimalText.Ten(scale) / denominator, scale);
    }

    private static int? PlaceOf(string outcome, MarketTerms market)
    {
        for (var i = 0; i < market.Outcomes.Count; i++)
        {
            if (market.Outcomes[i].Outcome!.Outcome == outcome)
            {
                return i;
            }
        }

        return null;
    }

    private static (Int128 Mantissa, int Scale) Shortest(Int128 mantissa, int scale)
    {
        while (scale > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        return (mantissa, scale);
    }
}
