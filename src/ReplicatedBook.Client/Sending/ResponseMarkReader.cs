using System.Globalization;
using System.Net.Http.Headers;
using ReplicatedBook.Client.Outcomes;

namespace ReplicatedBook.Client.Sending;

/// <summary>Reads the <c>Rb-</c> headers (API.md 1.4). A header that is missing or odd reads as "not told".</summary>
internal static class ResponseMarkReader
{
    public static ResponseMark Read(Uri endpoint, HttpResponseHeaders headers)
    {
        var leader = Text(headers, "Rb-Leader");
        return new ResponseMark(
            endpoint,
            Number(headers, "Rb-Index"),
            Number(headers, "Rb-Term"),
            Text(headers, "Rb-Node"),
            Text(headers, "Rb-Role"),
            leader == "-" ? string.Empty : leader,
            Text(headers, "Rb-Digest"),
            Text(headers, "Idempotency-Replayed") == "true");
    }

    private static string Text(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : string.Empty;

    private static long Number(HttpResponseHeaders headers, string name) =>
        long.TryParse(Text(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
