using System.Numerics;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Ticks and lots in units, as an unreduced fraction.</summary>
internal sealed record NaiveTerms(BigInteger Numerator, BigInteger Denominator, long LotUnits)
{
    public BigInteger Floor(BigInteger value, int divisor)
    {
        var dividend = value * Numerator;
        var quotient = BigInteger.DivRem(dividend, Denominator * divisor, out var rest);
        return rest < 0 ? quotient - 1 : quotient;
    }

    public BigInteger Ceiling(BigInteger value, int divisor) => -Floor(-value, divisor);
}
