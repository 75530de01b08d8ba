using System.Globalization;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api;

/// <summary>Times as RFC 3339; those given out are in UTC with microseconds.</summary>
internal static class TimeText
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    // Beyond year 9999 there is no text; such a time can only come from a broken clock and is shown as the last one.
    private static readonly long LatestMicroseconds =
        (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static string Of(Timestamp time) =>
        DateTime.UnixEpoch
            .AddTicks(Math.Clamp(time.Microseconds, 0, LatestMicroseconds) * TimeSpan.TicksPerMicrosecond)
            .ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads a time with at most microseconds, in UTC or with an offset.</summary>
    /// <returns>Null for any other text, and for times before 1970 or at its beginning.</returns>
    public static Timestamp? Parse(string text)
    {
        // The length of what stands between seconds and zone says which one form the text must have.
        var zone = text.EndsWith('Z') ? "'Z'" : "zzz";
        var fraction = text.Length - "yyyy-MM-ddTHH:mm:ss".Length - (zone == "zzz" ? "+00:00".Length : 1);
        if (fraction is < 0 or 1 or > 7)
        {
            return null;
        }

        var form = "yyyy-MM-dd'T'HH:mm:ss" + (fraction == 0 ? "" : "." + new string('f', fraction - 1)) + zone;
        return DateTimeOffset.TryParseExact(
            text, form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time > DateTimeOffset.UnixEpoch
                ? new Timestamp((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond)
                : null;
    }
}
