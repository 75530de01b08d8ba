using System.Globalization;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api;

/// <summary>Cluster time as RFC 3339 in UTC with microseconds.</summary>
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
}
