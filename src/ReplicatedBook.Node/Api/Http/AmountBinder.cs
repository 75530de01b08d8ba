using ReplicatedBook.Contracts;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Turns amounts of money into units of their asset.</summary>
internal static class AmountBinder
{
    /// <summary>An amount in units.</summary>
    /// <returns>Null when it is a whole number of them.</returns>
    public static ApiProblem? ToUnits(string text, string field, AssetView asset, out Amount amount)
    {
        amount = default;
        if (!DecimalText.TryParse(text, out var mantissa, out var scale)
            || DecimalText.ToSteps(mantissa, scale, 1, asset.Scale) is not { } units || units > long.MaxValue)
        {
            return ApiProblem.OfField(
                ProblemCodes.InvalidField, field,
                $"{field} must fit 64 bits with at most {asset.Scale} digits after the point");
        }

        amount = new Amount((long)units);
        return null;
    }
}
