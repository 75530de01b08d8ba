using System.Globalization;

namespace ReplicatedBook.Node.Api;

/// <summary>Decimals as texts (API.md 1.1): <c>^(0|[1-9][0-9]{0,17})(\.[0-9]{1,12})?$</c>. Integers only, so nothing
/// is rounded.</summary>
internal static class DecimalText
{
    /// <summary>Most digits after the point.</summary>
    public const int MaxScale = 12;

    private const int MaxWholeDigits = 18;

    /// <summary>Powers of ten as far as a scale goes.</summary>
    private static readonly long[] Tens =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000,
    ];

    /// <summary>A power of ten, to the 12th.</summary>
    public static long Ten(int exponent) => Tens[exponent];

    /// <summary>Reads a text of the form above.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mantissa">Below 10^30; the number is mantissa / 10^scale.</param>
    /// <param name="scale">Digits after the point as written, 0 to 12.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out Int128 mantissa, out int scale)
    {
        mantissa = 0;
        scale = 0;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (whole.Length is 0 or > MaxWholeDigits || fraction.Length > MaxScale || (point >= 0 && fraction.IsEmpty)
            || (whole[0] == '0' && whole.Length > 1)
            || whole.IndexOfAnyExceptInRange('0', '9') >= 0 || fraction.IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return false;
        }

        scale = fraction.Length;
        mantissa = ((Int128)Digits(whole) * Tens[scale]) + Digits(fraction);
        return true;
    }

    /// <summary>How many steps a number is.</summary>
    /// <param name="mantissa">The number, as read.</param>
    /// <param name="scale">Its digits after the point.</param>
    /// <param name="stepMantissa">Size of a step; positive.</param>
    /// <param name="stepScale">Its digits after the point, at most 12.</param>
    /// <returns>None when it is not a whole number of steps.</returns>
    public static Int128? ToSteps(Int128 mantissa, int scale, long stepMantissa, int stepScale)
    {
        while (scale > stepScale)
        {
            if (mantissa % 10 != 0)
            {
                return null; // A multiple of the step has no more digits than the step.
            }

            mantissa /= 10;
            scale--;
        }

        var (steps, rest) = Int128.DivRem(mantissa * Tens[stepScale - scale], stepMantissa);
        return rest == 0 ? steps : null;
    }

    /// <summary>A number of units as text with exactly so many digits after the point.</summary>
    public static string Format(Int128 units, int scale)
    {
        var isNegative = units < 0;
        var magnitude = (UInt128)(isNegative ? -units : units);
        Span<char> text = stackalloc char[64];
        var start = text.Length;
        for (var digits = 0; magnitude != 0 || digits <= scale; digits++)
        {
            if (digits == scale && scale > 0)
            {
                text[--start] = '.';
            }

            if (magnitude <= ulong.MaxValue)
            {
                var (quotient, digit) = Math.DivRem((ulong)magnitude, 10);
                text[--start] = (char)('0' + digit);
                magnitude = quotient;
            }
            else
            {
                text[--start] = (char)('0' + (int)(magnitude % 10));
                magnitude /= 10;
            }
        }

        if (isNegative)
        {
            text[--start] = '-';
        }

        return new string(text[start..]);
    }

    private static long Digits(ReadOnlySpan<char> digits) =>
        digits.IsEmpty ? 0 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
