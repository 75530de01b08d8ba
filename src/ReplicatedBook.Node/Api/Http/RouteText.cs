using Microsoft.AspNetCore.Http.Features;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Parts of the path.</summary>
internal static class RouteText
{
    private const string EncodedSlash = "%2F";

    /// <summary>A part by its name in the route's template, decoded whole.</summary>
    /// <remarks>The path that routes are matched with keeps encoded slashes as they are, so that they divide nothing.
    /// It also shows <c>%252F</c> like that, so what the client meant is looked up in the request line.</remarks>
    public static string Of(HttpContext http, string name)
    {
        var text = http.Request.RouteValues[name] as string ?? "";
        return text.Contains(EncodedSlash, StringComparison.OrdinalIgnoreCase) ? Decode(http, text) : text;
    }

    private static string Decode(HttpContext http, string text)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var at = Array.IndexOf(http.Request.Path.Value!.Split('/'), text);
        var parts = target.Split('?')[0].Split('/');
        return at >= 0 && at < parts.Length ? Uri.UnescapeDataString(parts[at]) : text;
    }
}
